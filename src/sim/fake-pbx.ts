import type { BridgeId, LegId, PlaybackId, SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type {
  CommandFailure,
  Digit,
  GoneCause,
  PbxCommand,
  PhoneKind,
  Prompt,
  Stray,
} from '../contact-center/events.ts'
import type { Clock, CommandResult, Pbx, PbxEvent, PbxListener, Survey } from '../engine/ports.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'

interface Leg {
  readonly id: LegId
  readonly arrival: { readonly caller: string; readonly dialled: string } | null
  readonly seat: SeatNumber | null
  /** The leg that this one listens in on; it ends with it. */
  readonly snoopsOn: LegId | null
  state: 'ringing' | 'up'
  bridge: BridgeId | null
  /** The end of what was last queued to be played: Asterisk plays one thing after another. */
  playingUntil: Instant
  readonly playing: Set<PlaybackId>
}

/** The people at the ends of the lines, as the PBX meets them. */
export interface PhonePeople {
  /** A seat's phone rings. */
  rings(seat: SeatNumber, leg: LegId): void
  /** A telephone in the city rings. */
  ringsOutside(number: string, leg: LegId): void
  hears(leg: LegId, prompts: readonly Prompt[]): void
  /** These hear each other, as of now. */
  connected(legs: readonly LegId[]): void
  /** The leg was hung up by the other side or by us. */
  cleared(leg: LegId): void
}

type Unsent = PbxEvent extends infer Event ? (Event extends PbxEvent ? Omit<Event, 'at'> : never) : never

/** How long a prompt takes to be said. */
const PROMPT_MS = 2_500
/** Longer than a survey takes to come round, and to be asked again. */
const UNANSWERED_LIMIT_MS = 40 * SECOND_MS

/**
 * A PBX that behaves like Asterisk, faults included: events come late, twice or never, commands are refused or
 * their answers lost, and it can be restarted. It knows nothing of queues or agents.
 */
export class FakePbx implements Pbx {
  readonly legs = new Map<LegId, Leg>()
  readonly bridges = new Map<BridgeId, Set<LegId>>()
  readonly phones = new Map<SeatNumber, PhoneKind>()
  /** Things no real floor must see, found by the PBX itself. */
  readonly outrages: string[] = []
  people: PhonePeople = { rings() {}, ringsOutside() {}, hears() {}, connected() {}, cleared() {} }
  private readonly clock: Clock
  private readonly random: Random
  private readonly faults: Faults
  private readonly promptMs: number
  private listener: PbxListener | null = null
  private startedAt: Instant
  private answering = true
  private linked = true

  constructor(clock: Clock, random: Random, faults: Faults, promptMs = PROMPT_MS) {
    this.clock = clock
    this.random = random
    this.faults = faults
    this.promptMs = promptMs
    this.startedAt = clock.now()
  }

  // What the contact centre uses.

  listen(listener: PbxListener): void {
    this.listener = listener
    if (this.answering && this.linked) listener.connected()
  }

  async perform(command: PbxCommand): Promise<CommandResult> {
    await this.latency()
    if (!this.answering || this.random.chance(this.faults.commandUnreachable)) {
      // The answer is lost; the command may have been carried out all the same.
      if (this.answering && this.random.chance(0.5)) this.carryOut(command)
      await this.wait(3 * SECOND_MS)
      return failure('unreachable')
    }
    if (command.do !== 'hang-up' && this.random.chance(this.faults.commandRefused)) return failure('refused')
    return this.carryOut(command)
  }

  async survey(): Promise<Survey> {
    await this.latency()
    if (!this.answering) throw new Error('the PBX does not answer')
    const survey: Survey = {
      startedAt: this.startedAt,
      legs: [...this.legs.values()].map(({ id, state, arrival }) => ({ leg: id, state, arrival })),
      bridges: [...this.bridges].map(([bridge, legs]) => ({ bridge, legs: [...legs] })),
      registered: [...this.phones].map(([seat, phone]) => ({ seat, phone })),
    }
    await this.latency()
    return survey
  }

  async sweep(stray: Stray): Promise<CommandResult> {
    await this.latency()
    if (!this.answering) return failure('unreachable')
    if ('leg' in stray) this.remove(stray.leg)
    else this.bridges.delete(stray.bridge)
    return { ok: true }
  }

  async close(): Promise<void> {
    this.listener = null
  }

  // What people do with their phones.

  /** A citizen dials. False: nobody listens, so the dialplan apologises and hangs up. */
  dialIn(id: LegId, caller: string, dialled: string): boolean {
    if (!this.answering || !this.linked || this.listener === null) return false
    this.add(id, { arrival: { caller, dialled } })
    this.tell({ type: 'arrived', leg: id, caller, dialled })
    return true
  }

  hangUp(id: LegId, cause: GoneCause = 'normal'): void {
    this.remove(id, cause)
  }

  press(id: LegId, digit: Digit): void {
    if (this.legs.has(id)) this.tell({ type: 'digit-pressed', leg: id, digit })
  }

  pickUp(id: LegId): void {
    const leg = this.legs.get(id)
    if (leg === undefined || leg.state === 'up') return
    leg.state = 'up'
    this.tell({ type: 'leg-answered', leg: id })
  }

  register(seat: SeatNumber, phone: PhoneKind): void {
    this.phones.set(seat, phone)
    this.tell({ type: 'phone-changed', seat, phone, registered: true })
  }

  unregister(seat: SeatNumber): void {
    const phone = this.phones.get(seat)
    if (phone === undefined) return
    this.phones.delete(seat)
    this.tell({ type: 'phone-changed', seat, phone, registered: false })
  }

  // What befalls it.

  /** The event socket breaks for a while; calls go on, their events are lost. */
  loseSocket(forMs: number): void {
    if (!this.answering || !this.linked) return
    this.linked = false
    this.listener?.lost()
    this.clock.after(forMs, () => {
      this.linked = true
      if (this.answering) this.listener?.connected()
    })
  }

  /** The PBX dies with every call on it and comes back empty. */
  restart(forMs: number): void {
    if (!this.answering) return
    this.answering = false
    if (this.linked) this.listener?.lost()
    for (const id of this.legs.keys()) this.people.cleared(id)
    this.legs.clear()
    this.bridges.clear()
    this.clock.after(forMs, () => {
      this.answering = true
      this.startedAt = this.clock.now()
      if (this.linked) this.listener?.connected()
    })
  }

  /** The contact centre's process is gone; nobody hears what happens. */
  detach(): void {
    this.listener = null
  }

  private carryOut(command: PbxCommand): CommandResult {
    switch (command.do) {
      case 'answer':
        return this.answer(command.leg)
      case 'start-music':
      case 'stop-music':
      case 'start-ringback':
      case 'stop-ringback':
      case 'mute':
      case 'unmute':
      case 'send-digits':
        return this.legs.has(command.leg) ? OK : failure('gone')
      case 'play':
        return this.play(command.leg, command.playback, command.prompts)
      case 'stop-play':
        return this.stopPlay(command.leg, command.playback)
      case 'dial-seat':
        return this.dialSeat(command)
      case 'dial-out':
        return this.dialOut(command)
      case 'snoop':
        return this.snoop(command.leg, command.on)
      case 'bridge':
        return this.join(command.bridge, command.legs)
      case 'unbridge':
        if (this.legs.get(command.leg)?.bridge === command.bridge) this.leaveBridge(command.leg)
        return OK
      case 'destroy-bridge':
        for (const id of this.bridges.get(command.bridge) ?? []) this.leaveBridge(id)
        this.bridges.delete(command.bridge)
        return OK
      case 'hang-up':
        if (!this.legs.has(command.leg)) return failure('gone')
        this.clock.after(this.random.between(1, 10), () => this.remove(command.leg))
        return OK
    }
  }

  private add(id: LegId, is: Partial<Pick<Leg, 'arrival' | 'seat' | 'snoopsOn' | 'state'>>): void {
    this.legs.set(id, {
      id,
      arrival: null,
      seat: null,
      snoopsOn: null,
      state: 'ringing',
      bridge: null,
      playingUntil: 0,
      playing: new Set(),
      ...is,
    })
  }

  private answer(id: LegId): CommandResult {
    const leg = this.legs.get(id)
    if (leg === undefined) return failure('gone')
    const before = leg.state
    leg.state = 'up'
    if (before === 'ringing' && leg.bridge !== null) this.connect(leg.bridge)
    return OK
  }

  private play(id: LegId, playback: PlaybackId, prompts: readonly Prompt[]): CommandResult {
    const leg = this.legs.get(id)
    if (leg === undefined) return failure('gone')
    leg.playing.add(playback)
    leg.playingUntil = Math.max(leg.playingUntil, this.clock.now()) + this.promptMs
    this.people.hears(id, prompts)
    this.clock.after(leg.playingUntil - this.clock.now(), () => {
      if (this.legs.get(id)?.playing.delete(playback)) {
        this.tell({ type: 'prompt-finished', leg: id, playback, played: true })
      }
    })
    return OK
  }

  private stopPlay(id: LegId, playback: PlaybackId): CommandResult {
    if (this.legs.get(id)?.playing.delete(playback)) {
      this.tell({ type: 'prompt-finished', leg: id, playback, played: false })
    }
    return OK
  }

  private dialSeat(command: Extract<PbxCommand, { do: 'dial-seat' }>): CommandResult {
    const { leg: id, seat, phone } = command
    if (this.legs.has(id)) return OK
    if (this.phones.get(seat) !== phone) return failure('refused')
    const other = [...this.legs.values()].find(leg => leg.seat === seat)
    if (other !== undefined) this.outrages.push(`seat ${seat} was rung by ${id} while it had ${other.id}`)
    this.add(id, { seat })
    this.ring(id, command.giveUpAfterMs, () => this.people.rings(seat, id))
    return OK
  }

  private dialOut(command: Extract<PbxCommand, { do: 'dial-out' }>): CommandResult {
    const { leg: id, number } = command
    if (this.legs.has(id)) return OK
    this.add(id, {})
    this.ring(id, command.giveUpAfterMs, () => this.people.ringsOutside(number, id))
    return OK
  }

  private ring(id: LegId, giveUpAfterMs: number, then: () => void): void {
    this.clock.after(this.random.between(20, 120), () => {
      if (!this.legs.has(id)) return
      this.tell({ type: 'leg-ringing', leg: id })
      then()
    })
    this.clock.after(giveUpAfterMs, () => {
      if (this.legs.get(id)?.state === 'ringing') this.remove(id, 'no-answer')
    })
  }

  private snoop(id: LegId, on: LegId): CommandResult {
    if (!this.legs.has(on)) return failure('gone')
    if (!this.legs.has(id)) this.add(id, { snoopsOn: on, state: 'up' })
    return OK
  }

  private join(bridge: BridgeId, ids: readonly LegId[]): CommandResult {
    const members = this.bridges.get(bridge) ?? new Set()
    this.bridges.set(bridge, members)
    if (!ids.every(id => this.legs.has(id))) return failure('gone')
    for (const id of ids) {
      const leg = this.legs.get(id)
      if (leg === undefined || members.has(id)) continue
      this.leaveBridge(id)
      leg.bridge = bridge
      members.add(id)
      this.tell({ type: 'leg-bridged', leg: id, bridge })
    }
    // Citizen, agent, third party, supervisor.
    if (members.size > 4) this.outrages.push(`bridge ${bridge} has ${members.size} legs`)
    this.connect(bridge)
    return OK
  }

  /** A citizen whose call was never answered hears nothing, whatever bridge the leg is in. */
  private connect(bridge: BridgeId): void {
    const legs = [...(this.bridges.get(bridge) ?? [])].flatMap(id => this.legs.get(id) ?? [])
    const deaf = legs.filter(leg => leg.arrival !== null && leg.state !== 'up')
    const heard = legs.filter(leg => !deaf.includes(leg))
    if (heard.length > 1) this.people.connected(heard.map(({ id }) => id))
    for (const caller of deaf) {
      this.clock.after(UNANSWERED_LIMIT_MS, () => {
        if (caller.state !== 'up' && this.bridges.get(bridge)?.has(caller.id) === true) {
          this.outrages.push(`${caller.id} was put through but never answered`)
        }
      })
    }
  }

  private remove(id: LegId, cause: GoneCause = 'normal'): void {
    const leg = this.legs.get(id)
    if (leg === undefined) return
    // Asterisk tells of the playback that broke off before it tells why.
    for (const playback of leg.playing)
      this.tell({ type: 'prompt-finished', leg: id, playback, played: false })
    this.leaveBridge(id)
    this.legs.delete(id)
    this.tell({ type: 'leg-gone', leg: id, cause })
    this.people.cleared(id)
    for (const leg of this.legs.values()) if (leg.snoopsOn === id) this.remove(leg.id)
  }

  private leaveBridge(id: LegId): void {
    const leg = this.legs.get(id)
    if (leg?.bridge == null) return
    this.bridges.get(leg.bridge)?.delete(id)
    leg.bridge = null
  }

  /** Sends an event as the network does: a little later, sometimes much, sometimes twice, sometimes never. */
  private tell(event: Unsent): void {
    const { listener, random, faults } = this
    if (listener === null || !this.linked || random.chance(faults.eventLost)) return
    const stamped = { ...event, at: this.clock.now() } as PbxEvent
    const deliver = () => {
      if (this.listener === listener && this.answering && this.linked) listener.event(stamped)
    }
    const delay = random.chance(faults.eventLate) ? random.between(50, 4_000) : random.between(0, 3)
    this.clock.after(delay, deliver)
    if (random.chance(faults.eventDoubled)) this.clock.after(delay + random.between(0, 500), deliver)
  }

  private latency(): Promise<void> {
    return this.wait(this.random.between(1, 4))
  }

  private wait(forMs: number): Promise<void> {
    return new Promise(resolve => this.clock.after(forMs, resolve))
  }
}

const OK: CommandResult = { ok: true }

function failure(reason: CommandFailure): CommandResult {
  return { ok: false, reason, detail: 'simulated' }
}
