import { type BridgeId, bridgeId, type CallId, type LegId, type SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Call } from './call/call.ts'
import { otherLegs, placementOf } from './call/parties.ts'
import type { Center } from './center.ts'
import type { CenterEventOf, Stray, SurveyedLeg } from './events.ts'
import { isInCall, type Seat } from './seat/seat.ts'
import type { CallSignal, SeatSignal } from './signals.ts'

type Survey = CenterEventOf<'pbx-surveyed'>

export interface SurveyReading {
  readonly toCalls: readonly { readonly call: CallId; readonly signal: CallSignal }[]
  readonly toSeats: readonly { readonly seat: SeatNumber; readonly signal: SeatSignal }[]
  readonly strays: readonly Stray[]
}

/** A command may be this long on its way; what was asked for later than that is not missed yet. */
const IN_FLIGHT_MS = 5 * SECOND_MS

/** Joining and parting takes milliseconds; what was moved just before the question may be on its way. */
const MOVING_MS = SECOND_MS

/** What the PBX holds against what we believe: every difference becomes the signal that was lost. */
export function readSurvey(center: Center, survey: Survey): SurveyReading {
  const found = new Map(survey.legs.map(leg => [leg.leg, leg]))
  const bridged = new Map(survey.bridges.map(({ bridge, legs }) => [bridge, legs]))
  const toCalls = [...center.calls.values()].flatMap(call =>
    readCall(call, found, bridged, survey).map(signal => ({ call: call.id, signal })),
  )
  const toSeats = [...center.seats.values()].flatMap(seat => {
    const signal = readSeat(seat, found, survey)
    return signal === null ? [] : [{ seat: seat.number, signal }]
  })
  return { toCalls, toSeats, strays: findStrays(center, survey) }
}

type Found = ReadonlyMap<LegId, SurveyedLeg>
type Bridged = ReadonlyMap<BridgeId, readonly LegId[]>

function readCall(call: Call, found: Found, bridged: Bridged, survey: Survey): CallSignal[] {
  if (call.arrivedAt >= survey.askedAt) return []
  const citizen = readCitizen(call, found, survey)
  if (citizen.some(({ type }) => type === 'caller-gone')) return citizen
  const signals: CallSignal[] = [...citizen, ...readOutside(call, found, survey)]
  if (survey.reconnected) signals.push({ type: 'found-alive' })
  const { state } = call
  if (state.name === 'joining') {
    const inside = bridged.get(bridgeId(call.id)) ?? []
    for (const leg of [call.leg, state.to.leg]) {
      if (leg !== null && inside.includes(leg)) signals.push({ type: 'leg-bridged', leg })
    }
  }
  const misplaced = readPlacement(call, found, bridged, survey)
  return misplaced === null ? signals : [...signals, misplaced]
}

/** Of a citizen whom we call, the answer; of one who called, whether we ever answered. */
function readCitizen(call: Call, found: Found, survey: Survey): CallSignal[] {
  if (call.leg === null) return []
  const leg = found.get(call.leg)
  const { name } = call.state
  const isCalled = name === 'dialling' || name === 'recalling' || name === 'mask-calling'
  if (leg === undefined) {
    if (isCalled && !isSurelyGone(call.movedAt, survey)) return []
    const blame = survey.pbxStartedAt > call.arrivedAt ? 'pbx' : 'caller'
    return [{ type: 'caller-gone', blame, cause: 'failed' }]
  }
  if (isCalled) return leg.state === 'up' ? [{ type: 'caller-answered' }] : []
  const answerIsLost = survey.reconnected || call.arrivedAt < survey.askedAt - IN_FLIGHT_MS
  return leg.state !== 'up' && answerIsLost ? [{ type: 'found-unanswered' }] : []
}

function readOutside(call: Call, found: Found, survey: Survey): CallSignal[] {
  return otherLegs(call).outside.flatMap((leg): CallSignal[] => {
    const state = found.get(leg)?.state
    if (state === 'up') return [{ type: 'outside-answered', leg }]
    if (state !== undefined || !isSurelyGone(call.movedAt, survey)) return []
    return [{ type: 'outside-gone', leg, cause: 'failed' }]
  })
}

/** Legs that live but are in another bridge than they should be, because a command was lost. */
function readPlacement(call: Call, found: Found, bridged: Bridged, survey: Survey): CallSignal | null {
  if (call.state.name === 'joining' || call.movedAt >= survey.askedAt - MOVING_MS) return null
  const { bridges } = placementOf(call)
  const into = [...bridges].flatMap(([bridge, legs]) => {
    const missing = legs.filter(leg => found.has(leg) && bridged.get(bridge)?.includes(leg) !== true)
    return missing.length === 0 ? [] : [{ bridge, legs: missing }]
  })
  const outOf = [...bridges].flatMap(([bridge, legs]) => {
    const extra = (bridged.get(bridge) ?? []).filter(leg => !legs.includes(leg))
    return extra.length === 0 ? [] : [{ bridge, legs: extra }]
  })
  return into.length + outOf.length === 0 ? null : { type: 'found-misplaced', into, outOf }
}

function readSeat({ state }: Seat, found: Found, survey: Survey): SeatSignal | null {
  if (state.name !== 'ringing' && state.name !== 'releasing' && !isInCall(state)) return null
  const leg = found.get(state.leg)
  if (leg === undefined) {
    // The dial command, or an answer to which nobody listened, was lost: the phone is to ring (again).
    if (state.name === 'ringing' && survey.reconnected && !hasRestarted(state.since, survey)) {
      return { type: 'found-silent', leg: state.leg, caller: state.caller }
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
    for (const bridge of placementOf(call).bridges.keys()) owned.add(bridge)
  }
  const legs = survey.legs.filter(({ leg, arrival }) => arrival === null && !center.legs.has(leg))
  const bridges = survey.bridges.filter(({ bridge }) => !owned.has(bridge))
  return [...legs.map(({ leg }) => ({ leg })), ...bridges.map(({ bridge }) => ({ bridge }))]
}
