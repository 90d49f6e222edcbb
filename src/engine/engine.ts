import type { CallId, LegId, QueueId, SeatNumber } from '#kernel/ids.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import type { Call } from '../contact-center/call/call.ts'
import { deadlineOf, type LiveCenter } from '../contact-center/center.ts'
import type {
  CenterEvent,
  Effect,
  Fact,
  MaskQuery,
  NewCall,
  PbxCommand,
  PhoneKind,
  Stray,
} from '../contact-center/events.ts'
import { queuesNow } from '../contact-center/queue/queues-now.ts'
import type { CenterRules } from '../contact-center/rules.ts'
import { screenPops } from '../contact-center/screen-pop.ts'
import type { Seat } from '../contact-center/seat/seat.ts'
import { CommandLanes } from './command-lanes.ts'
import { Deadlines } from './deadlines.ts'
import { decide } from './decide.ts'
import type {
  CallArrival,
  Catalogue,
  Clock,
  Desk,
  EngineWatcher,
  FactStore,
  FloorControl,
  Ids,
  Journal,
  Masking,
  Pbx,
  PbxEvent,
  QueueNow,
  Survey,
} from './ports.ts'

export interface EngineParts {
  readonly center: LiveCenter
  readonly rules: CenterRules
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly facts: FactStore
  readonly pbx: Pbx
  readonly desk: Desk
  readonly catalogue: Catalogue
  readonly masking: Masking
  readonly watcher: EngineWatcher
}

/** How often the PBX is asked what it holds, so that a lost event is made good. */
const SURVEY_EVERY_MS = 10 * SECOND_MS
/** A short number is no line's. */
const NO_LINE: CallArrival = { line: null, refusal: null, menu: null }
/** A survey that failed is tried again after this long. */
const SURVEY_RETRY_MS = SECOND_MS
/** A leg that a survey saw alive but of which we heard the end since is not taken for a new caller. */
const REMEMBER_GONE_MS = MINUTE_MS

/**
 * Runs the contact centre: one mailbox, one event at a time, in four steps: journal, decide, commit, perform.
 * Everything that may wait (PBX, database, desks) is behind a port that returns at once or answers by an event.
 */
export class Engine implements FloorControl {
  private readonly parts: EngineParts
  private readonly lanes: CommandLanes
  private readonly deadlines: Deadlines
  private readonly mailbox: CenterEvent[] = []
  private readonly gone = new Map<LegId, Instant>()
  /** Phones that can be reached, as `seat/kind`, whoever sits there now or later. */
  private readonly phones = new Set<string>()
  private stopped = false
  private busy = false
  private connected = false
  private surveying = false
  private lastAt: Instant = 0
  private cancelSurvey = () => {}

  constructor(parts: EngineParts) {
    this.parts = parts
    this.lanes = new CommandLanes(parts.pbx, (command, reason) => this.commandFailed(command, reason))
    this.deadlines = new Deadlines(parts.clock, event => this.submit(event))
  }

  /** Begins to listen. Desks are gone with the process that held them; phones are asked of the PBX. */
  start(): void {
    const { center, clock, desk } = this.parts
    const at = clock.now()
    // Until this run has surveyed the PBX, nothing is known of it; the next replay must know that too.
    this.submit({ type: 'pbx-lost', at })
    for (const { number, deskConnected } of [...center.seats.values()]) {
      if (deskConnected) this.submit({ type: 'desk-changed', at, seat: number, connected: false })
    }
    // The process that ended may not have come to store or show them; stored twice, the first stands.
    for (const call of center.calls.values()) {
      for (const pop of screenPops(call)) desk.pop(pop)
    }
    this.parts.pbx.listen({
      event: event => this.hear(event),
      lost: () => this.lost(),
      connected: () => this.found(),
    })
  }

  /** Stops acting, in the middle of whatever it was: calls go on in the PBX, the journal knows the rest. */
  stop(): void {
    this.stopped = true
    this.connected = false
    this.cancelSurvey()
    this.deadlines.clear()
    this.lanes.stop()
  }

  submit(event: CenterEvent): void {
    if (this.stopped) return
    this.mailbox.push(event)
    if (this.busy) return
    this.busy = true
    try {
      for (let next = this.mailbox.shift(); next !== undefined; next = this.mailbox.shift()) this.take(next)
    } finally {
      this.busy = false
    }
  }

  seat(number: SeatNumber): Seat | undefined {
    return this.parts.center.seats.get(number)
  }
  seats(): readonly Seat[] {
    return [...this.parts.center.seats.values()]
  }
  call(id: CallId): Call | undefined {
    return this.parts.center.calls.get(id)
  }
  calls(): readonly Call[] {
    return [...this.parts.center.calls.values()]
  }
  waiting(): number {
    let count = 0
    for (const { state } of this.parts.center.calls.values()) {
      if (state.name === 'queued' || state.name === 'offered') count++
    }
    return count
  }
  queues(known: readonly QueueId[]): readonly QueueNow[] {
    return queuesNow(this.parts.center, known, this.parts.clock.now())
  }

  /** The timers that run, by entity: for the simulation, which checks that each has an owner. */
  timers(): ReadonlyMap<string, { readonly at: Instant }> {
    return this.deadlines.armed
  }

  private take(heard: CenterEvent): void {
    const { center, clock, journal, rules, watcher } = this.parts
    // The PBX's own time is the truth about a late event, but time on our record never runs backwards.
    const event = { ...heard, at: Math.max(this.lastAt, Math.min(heard.at, clock.now())) }
    this.lastAt = event.at
    const sequence = journal.append(event)
    const step = decide(center, event, rules, (event, error) => watcher.undigested(event, error))
    center.commit(step)
    this.perform(step.effects, sequence)
    for (const [id, call] of step.calls) this.deadlines.setCall(id, call === null ? null : deadlineOf(call))
    for (const [number, seat] of step.seats) {
      this.deadlines.setSeat(number, deadlineOf(seat))
      this.parts.desk.seatChanged(seat)
    }
    if (event.type === 'pbx-surveyed') this.deadlines.rearm(center)
    watcher.handled(event, step)
    // Whoever signs in may choose another phone than the one the seat had.
    if (event.type === 'seat-signed-in') this.tellPhone(event.seat)
  }

  private perform(effects: readonly Effect[], sequence: number): void {
    const facts: Fact[] = []
    for (const effect of effects) {
      switch (effect.to) {
        case 'pbx':
          this.lanes.perform(effect.command)
          break
        case 'desk':
          this.parts.desk.pop(effect.pop)
          break
        case 'masking':
          this.askMasking(effect.query)
          break
        case 'sweep':
          this.sweep(effect.stray)
          break
        case 'record':
          facts.push(effect.fact)
      }
    }
    if (facts.length > 0) this.parts.facts.accept(sequence, facts)
  }

  private askMasking(query: MaskQuery): void {
    const at = this.parts.clock.now()
    const answer = this.parts.masking.answer(query, at)
    this.submit({ type: 'mask-answered', at, call: query.call, answer })
  }

  private sweep(stray: Stray): void {
    this.parts.watcher.swept(stray)
    // A stray that survives is found again by the next survey.
    void this.parts.pbx.sweep(stray)
  }

  private hear(event: PbxEvent): void {
    switch (event.type) {
      case 'arrived':
        return this.arrived(event.leg, event.caller, event.dialled, event.at)
      case 'phone-changed': {
        const phone = phoneKey(event.seat, event.phone)
        if (event.registered) this.phones.add(phone)
        else this.phones.delete(phone)
        return this.tellPhone(event.seat)
      }
      case 'digit-pressed':
        return this.submit({ ...event, callBack: this.newCall() })
      case 'leg-gone':
        this.rememberGone(event.leg, event.at)
        return this.submit(event)
      default:
        return this.submit(event)
    }
  }

  private arrived(leg: LegId, caller: string, dialled: string, at: Instant): void {
    if (this.parts.center.legs.has(leg)) return
    const { catalogue, masking } = this.parts
    const mask = masking.arrival(caller, dialled, at)
    const arrival = mask === null ? catalogue.arrival(caller, dialled, at) : NO_LINE
    const isTaken = arrival.line !== null && arrival.refusal === null
    const offer = isTaken ? masking.offer(caller, at) : null
    this.submit({
      type: 'call-arrived',
      at,
      leg,
      caller,
      dialled,
      ...arrival,
      mask,
      offer,
      ...this.newCall(),
    })
  }

  private newCall(): NewCall {
    const { ids } = this.parts
    return { call: ids.call(), draft: ids.workOrder() }
  }

  private rememberGone(leg: LegId, at: Instant): void {
    this.gone.set(leg, at)
    for (const [old, since] of this.gone) {
      if (since > at - REMEMBER_GONE_MS) break
      this.gone.delete(old)
    }
  }

  private commandFailed(command: PbxCommand, reason: 'gone' | 'refused' | 'unreachable'): void {
    const leg = 'leg' in command ? command.leg : null
    this.submit({
      type: 'command-failed',
      at: this.parts.clock.now(),
      call: command.call,
      command: command.do,
      leg,
      reason,
    })
  }

  private lost(): void {
    if (!this.connected) return
    this.connected = false
    this.cancelSurvey()
    this.submit({ type: 'pbx-lost', at: this.parts.clock.now() })
  }

  private found(): void {
    this.connected = true
    void this.survey(true)
  }

  private async survey(reconnected: boolean): Promise<void> {
    if (this.surveying || !this.connected) return
    this.surveying = true
    this.cancelSurvey()
    const askedAt = this.parts.clock.now()
    let answered = false
    try {
      const survey = await this.parts.pbx.survey()
      if (this.connected) {
        this.read(survey, askedAt, reconnected)
        answered = true
      }
    } catch (error) {
      this.parts.watcher.surveyFailed(error)
    } finally {
      this.surveying = false
    }
    if (this.stopped) return
    // The connection may have come and gone meanwhile: until one survey is read, each is the first.
    const again = reconnected && !answered
    const wait = answered ? SURVEY_EVERY_MS : SURVEY_RETRY_MS
    this.cancelSurvey = this.parts.clock.after(
      wait,
      () => void this.survey(again || !this.parts.center.pbxUp),
    )
  }

  private read(survey: Survey, askedAt: Instant, reconnected: boolean): void {
    const at = this.parts.clock.now()
    const { legs, bridges, startedAt: pbxStartedAt } = survey
    this.submit({ type: 'pbx-surveyed', at, askedAt, reconnected, pbxStartedAt, legs, bridges })
    for (const { leg, arrival } of legs) {
      if (arrival !== null && !this.gone.has(leg)) this.arrived(leg, arrival.caller, arrival.dialled, at)
    }
    this.phones.clear()
    for (const { seat, phone } of survey.registered) this.phones.add(phoneKey(seat, phone))
    for (const { number } of this.seats()) this.tellPhone(number)
  }

  /** Tells the seat whether the phone that rings there can be reached, when that is news to it. */
  private tellPhone(number: SeatNumber): void {
    const seat = this.seat(number)
    if (seat === undefined) return
    const registered = this.phones.has(phoneKey(number, seat.phone))
    if (registered === seat.registered) return
    this.submit({ type: 'phone-changed', at: this.parts.clock.now(), seat: number, registered })
  }
}

function phoneKey(seat: SeatNumber, phone: PhoneKind): string {
  return `${seat}/${phone}`
}
