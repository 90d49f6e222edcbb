import { isOurLeg, type SeatNumber } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { PbxCommand, Stray } from '../../contact-center/events.ts'
import type {
  Clock,
  CommandResult,
  Pbx,
  PbxEvent,
  PbxListener,
  PhoneProvisioner,
  Survey,
} from '../../engine/ports.ts'
import { type AriAddress, AriRest } from './ari-rest.ts'
import { EchoTest } from './echo-test.ts'
import { type AriFrame, EventSocket } from './event-socket.ts'
import { type Claimant, Ownership, ownerVariable } from './ownership.ts'
import { perform, sweep } from './perform.ts'
import { endpointName } from './seat-endpoint.ts'
import { type SeatCredential, SeatRegistrar, type SeatRegistrarOptions } from './seat-registrar.ts'
import { type SoundUri, soundUris } from './sounds.ts'
import { HEARD_TYPES, subscribe } from './subscribe.ts'
import { survey } from './survey.ts'
import { toEvent } from './to-event.ts'

export interface AsteriskPbxOptions extends SeatRegistrarOptions {
  readonly address: AriAddress
  readonly clock: Clock
  readonly credentials: readonly SeatCredential[]
  /** The city's own announcements, `<id>.wav` each; the PBX must be able to read them. */
  readonly announcementsDir: string
  readonly claimant: Claimant
  /** Another service owns the PBX: this one does nothing until that one is gone. */
  readonly standsBy: (owner: string) => void
  /** A connection or set-up that failed and is tried again; for the log. */
  readonly setUpFailed: (reason: string) => void
}

/** Counted since the process began, for /metrics. */
export interface PbxCounters {
  /** Types that this version of the service has never heard of are counted as `unknown`. */
  readonly eventsByType: Map<string, number>
  malformedFrames: number
  connections: number
}

/** Asterisk over ARI: REST operations through ari-client, events through a socket of our own. */
export class AsteriskPbx implements Pbx, PhoneProvisioner {
  readonly counters: PbxCounters = {
    eventsByType: new Map(),
    malformedFrames: 0,
    connections: 0,
  }
  private readonly options: AsteriskPbxOptions
  private readonly rest: AriRest
  private readonly soundUri: SoundUri
  private readonly registrar: SeatRegistrar
  private readonly ownership: Ownership
  /** Open, or being opened, while this service owns the PBX. */
  private socket: EventSocket | null = null
  private listener: PbxListener | null = null
  private lastFailure: string | null = null
  private state: ConnectionState = { name: 'away' }
  /** As last told to the listener, by endpoint; forgotten with the connection, since a survey follows. */
  private readonly registered = new Map<string, boolean>()

  constructor(options: AsteriskPbxOptions) {
    this.options = options
    this.rest = new AriRest(options.address, options.clock)
    this.soundUri = soundUris(options.announcementsDir)
    this.registrar = new SeatRegistrar(this.rest, options.credentials, options)
    this.ownership = new Ownership(options.claimant, ownerVariable(this.rest), options.clock, {
      owned: () => this.openSocket(),
      lost: () => this.closeSocket(),
      standsBy: options.standsBy,
      unanswered: reason => this.noteFailure(reason),
    })
  }

  /** Begins to connect; call once. */
  listen(listener: PbxListener): void {
    this.listener = listener
    void this.ownership.look()
  }

  /** Who owns the PBX instead of this service, for people; null when it does itself, or does not know yet. */
  get otherOwner(): string | null {
    return this.ownership.otherOwner
  }

  async perform(command: PbxCommand): Promise<CommandResult> {
    return this.state.name === 'up' ? perform(this.rest, this.soundUri, command) : AWAY
  }

  async survey(): Promise<Survey> {
    if (this.state.name !== 'up') throw new Error(AWAY.detail)
    return survey(this.rest)
  }

  async sweep(stray: Stray): Promise<CommandResult> {
    return this.state.name === 'up' ? sweep(this.rest, stray) : AWAY
  }

  /** Resolves when the new password counts; calls and registrations go on. */
  async renew(seat: SeatNumber, password: string): Promise<Outcome<void>> {
    // Of a stand-by's doing nothing may be found in the PBX.
    if (this.otherOwner !== null) return refuse('unavailable', `the PBX is owned by ${this.otherOwner}`)
    try {
      await this.registrar.renew({ seat, phone: 'browser', password })
      return ok(undefined)
    } catch (error) {
      // It is kept, and written with the next connection.
      return refuse('unavailable', error instanceof Error ? error.message : String(error))
    }
  }

  async close(): Promise<void> {
    this.state = { name: 'away' }
    this.listener = null
    this.ownership.close()
    this.socket?.close()
  }

  private openSocket(): void {
    this.socket = new EventSocket(this.options.address, this.options.clock, {
      open: () => void this.setUp(),
      closed: () => {
        this.lose()
        // The lease is looked at before the next try: a process that slept wakes where another may own the PBX.
        void this.ownership.look()
      },
      failed: reason => this.noteFailure(reason),
      event: frame => this.hear(frame),
      malformed: () => {
        this.counters.malformedFrames += 1
      },
      replaced: () => this.ownership.doubt(),
    })
    this.socket.start()
  }

  private closeSocket(): void {
    this.socket?.close()
    this.socket = null
    this.lose()
  }

  /** Asks for events, brings in the seats and proves that events come before it says `connected`. */
  private async setUp(): Promise<void> {
    const echoTest = new EchoTest(this.options.clock)
    const attempt: ConnectionState = { name: 'setting-up', echoTest, held: [] }
    this.state = attempt
    this.registered.clear()
    try {
      await subscribe(this.rest)
      await this.registrar.push()
      await echoTest.run(this.rest)
    } catch (error) {
      if (this.state === attempt) this.failSetUp(error)
      return
    }
    if (this.state !== attempt) return
    const up: ConnectionState = { name: 'up' }
    this.state = up
    this.lastFailure = null
    this.counters.connections += 1
    this.listener?.connected()
    for (const event of attempt.held) this.listener?.event(event)
    try {
      await this.registrar.pushPasswords()
    } catch (error) {
      if (this.state === up) this.failSetUp(error)
    }
  }

  /** The next connection tries all of it again. */
  private failSetUp(error: unknown): void {
    this.options.setUpFailed(error instanceof Error ? error.message : String(error))
    this.socket?.reset()
  }

  /** Tries follow each other every second: each reason is told once, until a connection has stood. */
  private noteFailure(reason: string): void {
    if (reason === this.lastFailure) return
    this.lastFailure = reason
    this.options.setUpFailed(reason)
  }

  private lose(): void {
    const wasUp = this.state.name === 'up'
    this.state = { name: 'away' }
    if (wasUp) this.listener?.lost()
  }

  private hear(frame: AriFrame): void {
    const { eventsByType } = this.counters
    const type = HEARD_TYPES.has(frame.type) ? frame.type : 'unknown'
    eventsByType.set(type, (eventsByType.get(type) ?? 0) + 1)
    if (this.state.name === 'setting-up') this.state.echoTest.hear(frame)
    const event = toEvent(frame, this.options.clock.now())
    if (event === null || this.isRepeated(event)) return
    if (isStranger(event)) return void this.sweep({ leg: event.leg })
    if (this.state.name === 'setting-up') this.state.held.push(event)
    else this.listener?.event(event)
  }

  /** Asterisk tells a phone's state anew whenever a call of it begins or ends. */
  private isRepeated(event: PbxEvent): boolean {
    if (event.type !== 'phone-changed') return false
    const name = endpointName(event)
    if (this.registered.get(name) === event.registered) return true
    this.registered.set(name, event.registered)
    return false
  }
}

/**
 * A leg that was called, and not by us: a 302 whose Contact has a user like `PJSIP/1002` makes Asterisk dial that,
 * past the dialplan. It is hung up as soon as it rings.
 */
function isStranger(event: PbxEvent): event is Extract<PbxEvent, { type: 'leg-ringing' | 'leg-answered' }> {
  return (event.type === 'leg-ringing' || event.type === 'leg-answered') && !isOurLeg(event.leg)
}

/** `setting-up` keeps the events of callers who come in while seats are still being written. */
type ConnectionState =
  | { readonly name: 'away' }
  | { readonly name: 'setting-up'; readonly echoTest: EchoTest; readonly held: PbxEvent[] }
  | { readonly name: 'up' }

const AWAY = { ok: false, reason: 'unreachable', detail: 'no connection to the PBX' } as const
