import { type CallId, type LegId, type QueueId, type SeatNumber, seatLegId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Call, SeatLeg } from './call/call.ts'
import { openCall, openMasked, openOutbound } from './call/opening.ts'
import { type CallStep, noted as callNoted } from './call/steps.ts'
import { transitionCall, withMovements } from './call/transition.ts'
import type { Center, Step } from './center.ts'
import { Draft } from './draft.ts'
import type {
  CenterEvent,
  CenterEventOf,
  MaskAnswer,
  MaskedRoute,
  OutsideTarget,
  SeatPurpose,
  TransferTarget,
} from './events.ts'
import { expectedWaitMs, paceAfter, type QueueOutlook } from './queue/outlook.ts'
import { canServe, headBefore, pickSeats } from './queue/pick.ts'
import { placeIn, type QueuePlace } from './queue/place.ts'
import { rulesOf } from './queue/queue-rules.ts'
import { ReadyPool } from './queue/ready-pool.ts'
import type { CenterRules } from './rules.ts'
import { screenPop } from './screen-pop.ts'
import { isInCall, isOfferable, type Seat } from './seat/seat.ts'
import { newSeat, transitionSeat } from './seat/transition.ts'
import type { CallSignal, SeatSignal } from './signals.ts'
import { readSurvey } from './survey.ts'

/**
 * The contact centre's one function: what this event changes and what must be done about it. Pure: time, ids
 * and chance are in the event. Each machine decides for itself; what one tells another is a signal, delivered
 * here until none is left.
 */
export function handle(center: Center, event: CenterEvent, rules: CenterRules): Step {
  const floor = new Floor(center, event.at, rules)
  receive(floor, event)
  floor.dispatch()
  floor.turnAwayTooMany()
  return floor.draft
}

function receive(floor: Floor, event: CenterEvent): void {
  switch (event.type) {
    case 'call-arrived':
      return floor.open(event)
    case 'prompt-finished': {
      const owner = floor.draft.legOwner(event.leg)
      const { playback, played } = event
      if (owner !== undefined) floor.toCall(owner.call, { type: 'prompt-finished', playback, played })
      return
    }
    case 'digit-pressed': {
      const owner = floor.draft.legOwner(event.leg)
      const { digit, callBack } = event
      // Keys of agents and third parties are meant for whoever they speak with.
      if (owner?.is === 'citizen') floor.toCall(owner.call, { type: 'digit-pressed', digit, callBack })
      return
    }
    case 'leg-ringing':
    case 'leg-answered':
    case 'leg-gone':
    case 'leg-bridged':
    case 'leg-held':
    case 'leg-unheld':
      return legEvent(floor, event)
    case 'command-failed':
      return commandFailed(floor, event)
    case 'call-deadline-passed': {
      // While the PBX is silent nothing can be done about a deadline; the survey comes first.
      const call = floor.draft.call(event.call)
      if (floor.draft.pbxUp && call !== undefined && isDue(call.state, event.at)) {
        floor.toCall(event.call, { type: 'deadline-passed', outlook: floor.outlookOf(call) })
      }
      return
    }
    case 'seat-deadline-passed': {
      const seat = floor.draft.seat(event.seat)
      if (floor.draft.pbxUp && seat !== undefined && isDue(seat.state, event.at)) {
        floor.toSeat(event.seat, { type: 'deadline-passed' })
      }
      return
    }
    case 'seat-signed-in':
      return floor.toSeat(event.seat, { type: 'signed-in', agent: event.agent, phone: event.phone })
    case 'agent-changed':
      for (const { number, agent } of floor.draft.allSeats()) {
        if (agent?.staff === event.agent.staff) {
          floor.toSeat(number, { type: 'agent-changed', agent: event.agent })
        }
      }
      return
    case 'queues-configured':
      floor.draft.queues = new Map(event.queues.map(rules => [rules.id, rules]))
      // Who waits already waits by the new rules.
      for (const id of floor.center.calls.keys()) floor.toCall(id, { type: 'queues-configured' })
      return
    case 'seat-signed-out':
      return floor.toSeat(event.seat, { type: 'signed-out' })
    case 'ready-requested':
      return floor.toSeat(event.seat, { type: 'ready-requested' })
    case 'not-ready-requested':
      return floor.toSeat(event.seat, { type: 'not-ready-requested', reason: event.reason })
    case 'wrap-up-finished':
      return floor.toSeat(event.seat, { type: 'wrap-up-finished' })
    case 'wrap-up-extended':
      return floor.toSeat(event.seat, { type: 'wrap-up-extended' })
    case 'auto-answer-set':
      return floor.toSeat(event.seat, { type: 'auto-answer-set', on: event.on })
    case 'hang-up-requested':
      return floor.toSeat(event.seat, { type: 'hang-up-requested' })
    case 'hold-requested':
    case 'resume-requested':
      return floor.fromSeat(event.seat, leg => ({ type: event.type, leg }))
    case 'mute-requested':
      return floor.fromSeat(event.seat, leg => ({ type: event.type, leg, muted: event.muted }))
    case 'digits-requested':
      return floor.fromSeat(event.seat, leg => ({ type: event.type, leg, digits: event.digits }))
    case 'transfer-act-requested':
      return floor.fromSeat(event.seat, leg => ({ type: event.type, leg, act: event.act }))
    case 'transfer-requested':
      return floor.transfer(event)
    case 'dial-requested':
      return floor.dial(event)
    case 'masked-call-requested':
      return floor.dialMasked(event)
    case 'mask-answered':
      return floor.toCall(event.call, {
        type: 'mask-answered',
        answer: floor.unlessEngaged(event.answer, event.call),
      })
    case 'watch-requested':
      return floor.watch(event)
    case 'take-over-requested':
      return floor.fromSeat(event.seat, leg => ({ type: event.type, leg }))
    case 'caller-assigned':
      return floor.assign(event.call, event.seat)
    case 'pop-acknowledged':
      return floor.toSeat(event.seat, { type: 'pop-acknowledged', call: event.call })
    case 'phone-changed':
      return floor.toSeat(event.seat, { type: 'phone-changed', registered: event.registered })
    case 'desk-changed':
      return floor.toSeat(event.seat, { type: 'desk-changed', connected: event.connected })
    case 'pbx-lost':
      floor.draft.pbxUp = false
      return
    case 'pbx-surveyed': {
      floor.draft.pbxUp = true
      const reading = readSurvey(floor.center, event)
      for (const { call, signal } of reading.toCalls) floor.toCall(call, signal)
      for (const { seat, signal } of reading.toSeats) floor.toSeat(seat, signal)
      for (const stray of reading.strays) floor.draft.effects.push({ to: 'sweep', stray })
      return
    }
  }
}

function isDue(state: object, at: Instant): boolean {
  return 'deadlineAt' in state && typeof state.deadlineAt === 'number' && state.deadlineAt <= at
}

type LegEvent = CenterEventOf<
  'leg-ringing' | 'leg-answered' | 'leg-gone' | 'leg-bridged' | 'leg-held' | 'leg-unheld'
>

function legEvent(floor: Floor, event: LegEvent): void {
  const { leg } = event
  const owner = floor.draft.legOwner(leg)
  if (owner === undefined) {
    // A phone that was told to stop answered in the same instant, and whoever called it has moved on.
    if (event.type === 'leg-answered') floor.draft.effects.push({ to: 'sweep', stray: { leg } })
    return
  }
  if (event.type === 'leg-bridged' || event.type === 'leg-held' || event.type === 'leg-unheld') {
    return floor.toCall(owner.call, { type: event.type, leg })
  }
  switch (owner.is) {
    case 'seat':
      return floor.toSeat(owner.seat, { type: event.type, leg })
    case 'citizen':
      if (event.type === 'leg-answered') return floor.toCall(owner.call, { type: 'caller-answered' })
      if (event.type !== 'leg-gone') return
      return floor.toCall(owner.call, { type: 'caller-gone', blame: 'caller', cause: event.cause })
    case 'outside':
      if (event.type === 'leg-answered') return floor.toCall(owner.call, { type: 'outside-answered', leg })
      if (event.type !== 'leg-gone') return
      return floor.toCall(owner.call, { type: 'outside-gone', leg, cause: event.cause })
    case 'snoop':
      // It ends with the leg it listens to.
      return
  }
}

function commandFailed(floor: Floor, event: CenterEventOf<'command-failed'>): void {
  const { call, command, leg, reason } = event
  const owner = leg === null ? undefined : floor.draft.legOwner(leg)
  // Whether it rings is unknown when the PBX did not answer: the deadline or a survey will tell.
  const rings = reason === 'unreachable'
  if (leg !== null && command === 'dial-out' && !rings) {
    if (owner?.is === 'outside') return floor.toCall(call, { type: 'outside-gone', leg, cause: 'failed' })
    if (owner?.is === 'citizen') {
      return floor.toCall(call, { type: 'caller-gone', blame: 'caller', cause: 'failed' })
    }
  }
  if (leg === null || owner?.is !== 'seat') {
    return floor.toCall(call, { type: 'command-failed', command, leg, reason })
  }
  if (command === 'dial-seat' && !rings) floor.toSeat(owner.seat, { type: 'dial-failed', leg })
  if (command === 'hang-up' && reason === 'gone') floor.toSeat(owner.seat, { type: 'leg-gone', leg })
}

/** Delivers signals between the machines on top of a draft. */
class Floor {
  readonly draft: Draft
  readonly center: Center
  /** Calls that had no place in any queue before this event. */
  private readonly newcomers: CallId[] = []
  private readonly at: Instant
  private readonly rules: CenterRules

  constructor(center: Center, at: Instant, rules: CenterRules) {
    this.center = center
    this.draft = new Draft(center)
    this.at = at
    this.rules = rules
  }

  open(event: CenterEventOf<'call-arrived'>): void {
    if (this.draft.call(event.call) !== undefined || this.draft.legOwner(event.leg) !== undefined) return
    const { call: id, leg, caller, dialled, line, draft, at: arrivedAt } = event
    const arrival = { id, leg, caller, dialled, line, draft, arrivedAt }
    const mask = event.mask == null ? null : this.unlessEngaged(event.mask, id)
    this.begin(id, openCall(arrival, { ...event, mask }, this.draft.book))
    this.newcomers.push(id)
  }

  /** The agent's own phone rings, then the citizen's. */
  dial({ seat, call, number, line, missedCall }: CenterEventOf<'dial-requested'>): void {
    const staff = this.draft.seat(seat)?.agent?.staff
    if (staff === undefined || !this.draft.pbxUp || this.draft.call(call.call) !== undefined) return
    const to = { seat, staff, leg: seatLegId(call.call, 1), attempt: 1 }
    this.begin(call.call, openOutbound(call, number, line, missedCall, to, this.at))
  }

  /** A handler's own phone rings, then the citizen's. */
  dialMasked({ call, route, first }: CenterEventOf<'masked-call-requested'>): void {
    if (!this.draft.pbxUp || this.draft.call(call.call) !== undefined || this.isEngaged(route, call.call))
      return
    this.begin(call.call, openMasked(call, route, first, this.at))
  }

  /** The two of a binding who are on the telephone already cannot be connected once more. */
  unlessEngaged(answer: MaskAnswer, by: CallId): MaskAnswer {
    if (answer.answer !== 'route' || !this.isEngaged(answer.route, by)) return answer
    const { binding, order } = answer.route
    return { answer: 'refuse', why: 'mask-busy', binding, order }
  }

  /** By another call than the one that asks. */
  private isEngaged({ binding }: MaskedRoute, by: CallId): boolean {
    for (const id of this.center.calls.keys()) {
      const call = id === by ? undefined : this.draft.call(id)
      if (call?.mask?.binding === binding && call.state.name !== 'ending') return true
    }
    return false
  }

  transfer({ seat, target, how }: CenterEventOf<'transfer-requested'>): void {
    const id = this.callOf(seat)
    const call = id === null ? undefined : this.draft.call(id)
    if (call === undefined) return
    const third = target.kind === 'outside' ? null : this.seatFor(call, target)
    // Nobody there can be asked; a queue takes a caller who is handed on blindly all the same.
    if (target.kind !== 'outside' && third === null && !(how === 'blind' && target.kind === 'queue')) return
    const to = third === null || how === 'blind' ? null : this.nextLegTo(call, third)
    this.fromSeat(seat, leg => ({ type: 'transfer-requested', leg, target, how, to }))
  }

  watch({ seat, call: id, mode }: CenterEventOf<'watch-requested'>): void {
    const call = this.draft.call(id)
    const supervisor = this.draft.seat(seat)
    if (call === undefined || supervisor === undefined || supervisor.agent === null) return
    const has = call.watch?.by
    const by = has?.seat === seat ? has : this.nextLegTo(call, supervisor)
    if (by !== null) this.toCall(id, { type: 'watch-requested', by, mode })
  }

  /** A waiting caller goes to a named seat, before all others. */
  assign(id: CallId, number: SeatNumber): void {
    const seat = this.draft.seat(number)
    const call = this.draft.call(id)
    if (call?.state.name !== 'queued' || call.leg === null) return
    if (seat === undefined || !isOfferable(seat) || !this.draft.pbxUp) return
    this.draft.effects.push(callNoted({ id }, this.at, { kind: 'assigned', seat: number }))
    this.offer(call, [seat])
  }

  toCall(id: CallId, signal: CallSignal): void {
    const call = this.draft.call(id)
    if (call === undefined) return
    if (call.place === null) this.newcomers.push(id)
    this.take(call, transitionCall(call, signal, this.at, this.draft.book, this.rules))
  }

  /** What somebody at a seat asks of the call that the seat is in. */
  fromSeat(number: SeatNumber, signal: (leg: LegId) => CallSignal): void {
    const state = this.draft.seat(number)?.state
    if (state !== undefined && isInCall(state)) this.toCall(state.call, signal(state.leg))
  }

  toSeat(number: SeatNumber, signal: SeatSignal): void {
    const seat = this.draft.seat(number) ?? newSeat(number, this.at)
    const { next, effects, toCall } = transitionSeat(seat, signal, this.at, this.rules)
    if (next !== seat) this.draft.putSeat(this.paced(next))
    this.draft.effects.push(...effects)
    if (next.state !== seat.state && next.state.name !== seat.state.name) this.noteSeat(next)
    for (const { call, signal } of toCall) this.toCall(call, signal)
  }

  /**
   * Offers waiting callers to ready seats, the most urgent head of a queue first. A head whom no seat may serve
   * is passed over with its queue: those behind it have waited less and are no easier to serve.
   */
  dispatch(): void {
    if (!this.draft.pbxUp) return
    const heads = [...this.draft.queuesWithCallers()].flatMap(queue => this.headOf(queue))
    if (heads.length === 0) return
    const pool = new ReadyPool(this.draft.allSeats())
    heads.sort((a, b) => headBefore(a, b, this.at))
    for (let head = heads.shift(); head !== undefined && !pool.isEmpty; head = heads.shift()) {
      const { queue } = head.place
      const candidates = pool.candidates(head.place, this.draft.book)
      const last = this.draft.lastOfferOf(queue)
      const seats = pickSeats(head.call, head.place, this.draft.book, candidates, last)
      const [first] = seats
      if (first === undefined) continue
      if (head.call.leg === null && head.call.callBack?.first === 'caller') {
        // The seat is not held for it: whoever is free when the citizen picks up will do.
        this.toCall(head.call.id, { type: 'turn-came' })
      } else {
        this.draft.lastOffered.set(queue, first.number)
        this.offer(head.call, seats)
        for (const { number } of seats) pool.remove(number)
      }
      heads.push(...this.headOf(queue))
      heads.sort((a, b) => headBefore(a, b, this.at))
    }
  }

  private headOf(queue: QueueId) {
    const id = this.draft.queue(queue)[0]
    const call = id === undefined ? undefined : this.draft.call(id)
    if (call?.place == null) return []
    return [{ call, place: call.place, rules: rulesOf(this.draft.book, queue) }]
  }

  /**
   * A caller who comes new into a queue that is full, or that nobody serves, and whom no seat could be offered,
   * hears so. One who comes back from a seat always has a place.
   */
  turnAwayTooMany(): void {
    for (const id of this.newcomers) {
      const call = this.draft.call(id)
      if (call?.state.name !== 'queued' || call.place === null || call.leg === null) continue
      const { mostWaiting, whenUnstaffed } = rulesOf(this.draft.book, call.place.queue)
      if (whenUnstaffed === 'turn-away' && this.staffing(call.place) === 0) {
        this.toCall(id, { type: 'queue-found-unstaffed' })
      } else if (mostWaiting !== null && this.draft.queue(call.place.queue).length > mostWaiting) {
        this.toCall(id, { type: 'queue-found-full' })
      }
    }
  }

  /** What the caller can be told of the wait; null for one who waits in no queue. */
  outlookOf(call: Call): QueueOutlook | null {
    if (call.state.name !== 'queued' || call.place === null) return null
    const { queue } = call.place
    const ahead = this.draft.queue(queue).indexOf(call.id)
    const expectedMs = expectedWaitMs(ahead, this.staffing(call.place), this.draft.paceOf(queue))
    return { ahead, expectedMs }
  }

  /** Seats at work, free or not, whose agents can serve a caller who stands here. */
  private staffing(place: QueuePlace): number {
    let count = 0
    for (const seat of this.draft.allSeats()) {
      const { name } = seat.state
      if (name === 'signed-out' || name === 'not-ready') continue
      if (canServe(seat, place, this.draft.book)) count++
    }
    return count
  }

  /** A ready seat for the target; of a queue, the one that would be offered its next caller. */
  private seatFor(call: Call, target: Exclude<TransferTarget, OutsideTarget>): Seat | null {
    if (target.kind === 'seat') {
      const seat = this.draft.seat(target.seat)
      return seat !== undefined && isOfferable(seat) ? seat : null
    }
    const place = placeIn(target.queue, this.at, this.at)
    const last = this.draft.lastOfferOf(target.queue)
    return pickSeats(call, place, this.draft.book, this.draft.allSeats(), last)[0] ?? null
  }

  private callOf(number: SeatNumber): CallId | null {
    const state = this.draft.seat(number)?.state
    return state !== undefined && isInCall(state) ? state.call : null
  }

  private nextLegTo(call: Call, { number, agent }: Seat, after = 1): SeatLeg | null {
    if (agent === null) return null
    const attempt = call.offers + after
    return { seat: number, staff: agent.staff, leg: seatLegId(call.id, attempt), attempt }
  }

  private offer(call: Call, seats: readonly Seat[]): void {
    const ring = seats.flatMap((seat, index) => this.nextLegTo(call, seat, index + 1) ?? [])
    this.toCall(call.id, { type: 'offered', ring })
  }

  private begin(id: CallId, opened: CallStep): void {
    this.put(id, withMovements(null, opened, this.at))
  }

  private take(call: Call, step: CallStep): void {
    this.put(call.id, step)
    const { state } = call
    const now = this.draft.call(call.id)
    if (now !== undefined && now.answeredAt !== call.answeredAt) this.noteService(now)
    if (step.opens?.next != null) this.begin(step.opens.next.id, step.opens)
    if (step.offerTo !== null && state.name === 'talking') this.offerNamed(call.id, step.offerTo)
  }

  private put(id: CallId, { next, effects, toSeat }: CallStep): void {
    this.draft.putCall(id, next)
    this.draft.effects.push(...effects)
    for (const { to, signal } of toSeat) {
      if (next !== null && this.isNewTo(to.seat, signal)) this.pop(next, to, signal.purpose)
      this.toSeat(to.seat, signal)
    }
  }

  /** Whether the seat's desk is to be shown the call: it rings, or whoever watched it has become its agent. */
  private isNewTo(
    seat: SeatNumber,
    signal: SeatSignal,
  ): signal is Extract<SeatSignal, { type: 'offered' | 'called' | 'part-changed' }> {
    if (signal.type === 'offered' || signal.type === 'called') return true
    const state = this.draft.seat(seat)?.state
    return (
      signal.type === 'part-changed' &&
      state !== undefined &&
      isInCall(state) &&
      state.purpose === 'watch' &&
      signal.purpose !== 'watch'
    )
  }

  private pop(call: Call, to: SeatLeg, purpose: SeatPurpose): void {
    const pop = screenPop(call, to, purpose)
    if (pop !== null) this.draft.effects.push({ to: 'desk', pop })
  }

  /** Handed on blindly to a seat: offered there at once, and else to whoever the queue gives it. */
  private offerNamed(id: CallId, number: SeatNumber): void {
    const call = this.draft.call(id)
    const seat = this.draft.seat(number)
    if (call?.state.name === 'queued' && seat !== undefined && isOfferable(seat)) this.offer(call, [seat])
  }

  /** The seat is busy with a call of this queue from now on. */
  private noteService({ answeredBy, place }: Call): void {
    const seat = answeredBy === null ? undefined : this.draft.seat(answeredBy.seat)
    if (seat === undefined || place === null) return
    this.draft.putSeat({ ...seat, serving: { queue: place.queue, since: this.at } })
  }

  /** A seat that is free again, or gone, has finished the call it served: that is the pace of its queue. */
  private paced(seat: Seat): Seat {
    const { serving, state } = seat
    const idle = state.name === 'ready' || state.name === 'not-ready' || state.name === 'signed-out'
    if (serving === null || !idle) return seat
    const pace = paceAfter(this.draft.paceOf(serving.queue), this.at - serving.since)
    this.draft.paces.set(serving.queue, pace)
    return { ...seat, serving: null }
  }

  private noteSeat({ number, agent, state }: Seat): void {
    this.draft.effects.push({
      to: 'record',
      fact: {
        fact: 'seat-changed',
        at: this.at,
        seat: {
          seat: number,
          staff: agent?.staff ?? null,
          state: state.name,
          reason: state.name === 'not-ready' ? state.reason : null,
          call: 'call' in state ? state.call : null,
        },
      },
    })
  }
}
