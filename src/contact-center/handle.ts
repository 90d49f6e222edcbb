import { type CallId, type QueueId, type SeatNumber, seatLegId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { SeatLeg } from './call/call.ts'
import { type CallStep, openCall, transitionCall } from './call/transition.ts'
import type { Center, Step } from './center.ts'
import { Draft } from './draft.ts'
import type { CenterEvent, CenterEventOf } from './events.ts'
import { headBefore, pickSeat } from './queue/pick.ts'
import { rulesOf } from './queue/queue-rules.ts'
import { ReadyPool } from './queue/ready-pool.ts'
import type { CenterRules } from './rules.ts'
import { screenPop } from './screen-pop.ts'
import type { Seat } from './seat/seat.ts'
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
        floor.toCall(event.call, { type: 'deadline-passed' })
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
    case 'hang-up-requested':
      return floor.toSeat(event.seat, { type: 'hang-up-requested' })
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
    // A phone that was told to stop answered in the same instant, and its seat has moved on.
    if (event.type === 'leg-answered') floor.draft.effects.push({ to: 'sweep', stray: { leg } })
    return
  }
  switch (event.type) {
    case 'leg-bridged':
    case 'leg-held':
    case 'leg-unheld':
      return floor.toCall(owner.call, { type: event.type, leg })
    case 'leg-gone':
      if (owner.seat === null) return floor.toCall(owner.call, { type: 'caller-gone', blame: 'caller' })
      return floor.toSeat(owner.seat, { type: 'leg-gone', leg })
    case 'leg-ringing':
    case 'leg-answered':
      if (owner.seat !== null) floor.toSeat(owner.seat, { type: event.type, leg })
  }
}

function commandFailed(floor: Floor, event: CenterEventOf<'command-failed'>): void {
  const { call, command, leg, reason } = event
  const seat = leg === null ? null : (floor.draft.legOwner(leg)?.seat ?? null)
  if (seat === null || leg === null)
    return floor.toCall(call, { type: 'command-failed', command, leg, reason })
  // Whether the phone rings is unknown when the PBX did not answer: the deadline or a survey will tell.
  if (command === 'dial-seat' && reason !== 'unreachable') floor.toSeat(seat, { type: 'dial-failed', leg })
  if (command === 'hang-up' && reason === 'gone') floor.toSeat(seat, { type: 'leg-gone', leg })
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
    const call = {
      id: event.call,
      leg: event.leg,
      caller: event.caller,
      dialled: event.dialled,
      line: event.line,
      draft: event.draft,
      arrivedAt: event.at,
      place: null,
      answeredAt: null,
      bridgedAt: null,
      answeredBy: null,
      offers: 0,
    }
    this.take(event.call, openCall(call, event.refusal, this.draft.book))
    this.newcomers.push(event.call)
  }

  toCall(id: CallId, signal: CallSignal): void {
    const call = this.draft.call(id)
    if (call === undefined) return
    if (call.place === null) this.newcomers.push(id)
    this.take(id, transitionCall(call, signal, this.at, this.draft.book))
  }

  toSeat(number: SeatNumber, signal: SeatSignal): void {
    const seat = this.draft.seat(number) ?? newSeat(number, this.at)
    const { next, effects, toCall } = transitionSeat(seat, signal, this.at, this.rules)
    if (next !== seat) this.draft.putSeat(next)
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
      const seat = pickSeat(head.call, head.place, this.draft.book, candidates, last)
      if (seat === null) continue
      this.draft.lastOffered.set(queue, seat.number)
      this.offer(head.call.id, seat)
      pool.remove(seat.number)
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
   * A caller who comes new into a queue that is full, and whom no seat could be offered, hears so. One who comes
   * back from a seat always has a place.
   */
  turnAwayTooMany(): void {
    for (const id of this.newcomers) {
      const call = this.draft.call(id)
      if (call?.state.name !== 'queued' || call.place === null) continue
      const { mostWaiting } = rulesOf(this.draft.book, call.place.queue)
      if (mostWaiting === null || this.draft.queue(call.place.queue).length <= mostWaiting) continue
      this.toCall(id, { type: 'queue-found-full' })
    }
  }

  private offer(id: CallId, seat: Seat): void {
    const call = this.draft.call(id)
    if (call === undefined || call.line === null || seat.agent === null) {
      throw new Error(`call ${id} cannot be offered to seat ${seat.number}`)
    }
    const attempt = call.offers + 1
    const to: SeatLeg = { seat: seat.number, staff: seat.agent.staff, leg: seatLegId(id, attempt) }
    this.toCall(id, { type: 'offered', to })
    const offered = this.draft.call(id)
    const pop = offered === undefined ? null : screenPop(offered)
    if (pop !== null) this.draft.effects.push({ to: 'desk', pop })
    this.toSeat(seat.number, { type: 'offered', call: id, leg: to.leg, caller: call.caller })
  }

  private take(id: CallId, { next, effects, toSeat }: CallStep): void {
    this.draft.putCall(id, next)
    this.draft.effects.push(...effects)
    for (const { to, signal } of toSeat) this.toSeat(to.seat, signal)
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
