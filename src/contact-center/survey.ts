import { bridgeId, type CallId, type LegId, type SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Call } from './call/call.ts'
import type { Center } from './center.ts'
import type { CenterEventOf, Stray, SurveyedLeg } from './events.ts'
import type { Seat } from './seat/seat.ts'
import type { CallSignal, SeatSignal } from './signals.ts'

type Survey = CenterEventOf<'pbx-surveyed'>

export interface SurveyReading {
  readonly toCalls: readonly { readonly call: CallId; readonly signal: CallSignal }[]
  readonly toSeats: readonly { readonly seat: SeatNumber; readonly signal: SeatSignal }[]
  readonly strays: readonly Stray[]
}

/** A command may be this long on its way; what was asked for later than that is not missed yet. */
const IN_FLIGHT_MS = 5 * SECOND_MS

/** What the PBX holds against what we believe: every difference becomes the signal that was lost. */
export function readSurvey(center: Center, survey: Survey): SurveyReading {
  const found = new Map(survey.legs.map(leg => [leg.leg, leg]))
  const bridged = new Map(survey.bridges.map(({ bridge, legs }) => [bridge, new Set(legs)]))
  const toCalls = [...center.calls.values()].flatMap(call => {
    const legs = bridged.get(bridgeId(call.id)) ?? new Set()
    return readCall(call, found, legs, survey).map(signal => ({ call: call.id, signal }))
  })
  const toSeats = [...center.seats.values()].flatMap(seat => {
    const signal = readSeat(center, seat, found, survey)
    return signal === null ? [] : [{ seat: seat.number, signal }]
  })
  return { toCalls, toSeats, strays: findStrays(center, survey) }
}

function readCall(
  call: Call,
  found: ReadonlyMap<LegId, SurveyedLeg>,
  bridged: ReadonlySet<LegId>,
  survey: Survey,
): CallSignal[] {
  const { state } = call
  if (call.arrivedAt >= survey.askedAt) return []
  const leg = found.get(call.leg)
  if (leg === undefined) {
    return [{ type: 'caller-gone', blame: survey.pbxStartedAt > call.arrivedAt ? 'pbx' : 'caller' }]
  }
  const signals: CallSignal[] = []
  const answerIsLost = survey.reconnected || call.arrivedAt < survey.askedAt - IN_FLIGHT_MS
  if (leg.state !== 'up' && answerIsLost) signals.push({ type: 'found-unanswered' })
  if (survey.reconnected) signals.push({ type: 'found-alive' })
  if (state.name === 'joining') {
    for (const leg of [call.leg, state.to.leg])
      if (bridged.has(leg)) signals.push({ type: 'leg-bridged', leg })
  }
  const bothLive = state.name === 'talking' && found.has(state.to.leg)
  if (bothLive && state.since < survey.askedAt && !(bridged.has(call.leg) && bridged.has(state.to.leg))) {
    signals.push({ type: 'found-unbridged' })
  }
  return signals
}

function readSeat(
  center: Center,
  { state }: Seat,
  found: ReadonlyMap<LegId, SurveyedLeg>,
  survey: Survey,
): SeatSignal | null {
  if (state.name !== 'ringing' && state.name !== 'talking' && state.name !== 'releasing') return null
  const leg = found.get(state.leg)
  if (leg === undefined) {
    // The dial command, or an answer to which nobody listened, was lost: the phone is to ring (again).
    const caller = center.calls.get(state.call)?.caller
    if (
      state.name === 'ringing' &&
      survey.reconnected &&
      caller !== undefined &&
      !hasRestarted(state.since, survey)
    ) {
      return { type: 'found-silent', leg: state.leg, caller }
    }
    return isSurelyGone(state.since, survey) ? { type: 'leg-gone', leg: state.leg } : null
  }
  return state.name === 'ringing' && leg.state === 'up' ? { type: 'leg-answered', leg: state.leg } : null
}

function isSurelyGone(since: Instant, survey: Survey): boolean {
  return hasRestarted(since, survey) || since < survey.askedAt - IN_FLIGHT_MS
}

function hasRestarted(since: Instant, survey: Survey): boolean {
  return survey.pbxStartedAt > since
}

/** Seat legs and bridges that no call owns. Citizens' legs are never strays: the engine takes them on. */
function findStrays(center: Center, survey: Survey): Stray[] {
  const owned = new Set<string>()
  for (const call of center.calls.values()) {
    if (call.state.name === 'joining' || call.state.name === 'talking') owned.add(bridgeId(call.id))
  }
  const legs = survey.legs.filter(({ leg, arrival }) => arrival === null && !center.legs.has(leg))
  const bridges = survey.bridges.filter(({ bridge }) => !owned.has(bridge))
  return [...legs.map(({ leg }) => ({ leg })), ...bridges.map(({ bridge }) => ({ bridge }))]
}
