import type { BridgeId, CallId, LegId } from '#kernel/ids.ts'
import type { Effect, PbxCommand } from '../events.ts'
import type { SeatSignal } from '../signals.ts'
import type { Call, SeatLeg } from './call.ts'
import {
  agentOf,
  NOWHERE,
  otherLegs,
  type Placement,
  placementOf,
  type SeatPart,
  seatParts,
} from './parties.ts'

/** What is to be done for the change from one state of a call to the next. */
export function movements(before: Call | null, after: Call | null): Effect[] {
  const placed = before === null ? NOWHERE : placementOf(before)
  const gone = before === null ? [] : letGo(before, after)
  if (after !== null && after.state.name !== 'ending') {
    return [...snoops(before, after), ...moves(after.id, placed, placementOf(after)), ...gone]
  }
  // Legs that are hung up need no further care.
  const call = before?.id
  return call === undefined
    ? []
    : [...[...placed.bridges.keys()].map(bridge => destroy(call, bridge)), ...gone]
}

/**
 * Music and muting as they should be, whatever became of the commands that were to bring it about. What is stopped
 * comes first: to a PBX music and ringing are one sound, and stopping either ends both.
 */
export function soundsAgain(call: Call): Effect[] {
  const { music, muted, ringback } = placementOf(call)
  const own = [call.leg, agentOf(call)?.leg ?? null].flatMap(leg => leg ?? [])
  return [...new Set([...own, ...music])].flatMap(leg => {
    const of = { call: call.id, leg }
    const plays = music.includes(leg)
    const rings = ringback.includes(leg)
    const commands: PbxCommand[] = [
      ...(plays ? [] : [{ do: 'stop-music', ...of } as const]),
      ...(rings ? [] : [{ do: 'stop-ringback', ...of } as const]),
      ...(plays ? [{ do: 'start-music', ...of } as const] : []),
      ...(rings ? [{ do: 'start-ringback', ...of } as const] : []),
      { do: muted.includes(leg) ? 'mute' : 'unmute', ...of },
    ]
    return commands.map(command => ({ to: 'pbx', command }) as const)
  })
}

function snoops(before: Call | null, after: Call): Effect[] {
  const { watch } = after
  if (watch === null) return []
  const begun = without(otherLegs(after).snoops, before === null ? [] : otherLegs(before).snoops)
  return begun.map(leg => ({ to: 'pbx', command: { do: 'snoop', call: after.id, leg, on: watch.on.leg } }))
}

/** The commands that turn one placement into the other: first who is silenced, then who is joined. */
function moves(call: CallId, before: Placement, after: Placement): Effect[] {
  const commands: PbxCommand[] = []
  for (const leg of without(before.music, after.music)) commands.push({ do: 'stop-music', call, leg })
  for (const leg of without(before.ringback, after.ringback))
    commands.push({ do: 'stop-ringback', call, leg })
  for (const leg of without(before.muted, after.muted)) commands.push({ do: 'unmute', call, leg })
  const bridgedAfter = new Set([...after.bridges.values()].flat())
  for (const [bridge, legs] of before.bridges) {
    const stay = after.bridges.get(bridge)
    // Removing a bridge lets go of whoever is in it; a leg that is joined elsewhere is moved by that.
    if (stay === undefined) continue
    for (const leg of without(legs, stay)) {
      if (!bridgedAfter.has(leg)) commands.push({ do: 'unbridge', call, bridge, leg })
    }
  }
  for (const [bridge, legs] of after.bridges) {
    const joined = without(legs, before.bridges.get(bridge) ?? [])
    if (joined.length > 0) commands.push({ do: 'bridge', call, bridge, legs: joined })
  }
  for (const bridge of before.bridges.keys()) {
    if (!after.bridges.has(bridge)) commands.push({ do: 'destroy-bridge', call, bridge })
  }
  for (const leg of without(after.muted, before.muted)) commands.push({ do: 'mute', call, leg })
  for (const leg of without(after.music, before.music)) commands.push({ do: 'start-music', call, leg })
  for (const leg of without(after.ringback, before.ringback))
    commands.push({ do: 'start-ringback', call, leg })
  return commands.map(command => ({ to: 'pbx', command }))
}

/** Legs outside and snooping legs that the call has no more use for are hung up. */
function letGo(before: Call, after: Call | null): Effect[] {
  const used = after === null ? null : otherLegs(after)
  const { outside, snoops } = otherLegs(before)
  const unused = without([...outside, ...snoops], [...(used?.outside ?? []), ...(used?.snoops ?? [])])
  // One who is handed the call outside is still there, if under another name.
  return unused.map(leg => ({ to: 'pbx', command: { do: 'hang-up', call: before.id, leg, cause: 'normal' } }))
}

export interface SeatNotice {
  readonly to: SeatLeg
  readonly signal: SeatSignal
}

/** What the change means to each seat that took part or takes part now. */
export function seatNotices(before: Call, after: Call | null): SeatNotice[] {
  const now = new Map(after === null ? [] : seatParts(after).map(part => [part.to.leg, part]))
  return seatParts(before).flatMap(was => {
    const is = now.get(was.to.leg)
    if (is === undefined) return [{ to: was.to, signal: over(was, before.id, after) }]
    if (is.activity === was.activity && is.purpose === was.purpose) return []
    if (is.activity === 'calling') return []
    const { activity, purpose } = is
    return [{ to: was.to, signal: { type: 'part-changed', call: before.id, activity, purpose } as const }]
  })
}

/** A seat that rings for a call which another has taken did not miss it. */
function over({ purpose, activity }: SeatPart, call: CallId, after: Call | null): SeatSignal {
  const taken = after !== null && purpose === 'call' && activity === 'calling' && after.answeredAt !== null
  return { type: 'call-over', call, elsewhere: taken }
}

function destroy(call: CallId, bridge: BridgeId): Effect {
  return { to: 'pbx', command: { do: 'destroy-bridge', call, bridge } }
}

function without(legs: readonly LegId[], others: readonly LegId[]): readonly LegId[] {
  return legs.filter(leg => !others.includes(leg))
}

/** Whether anybody is called, joined or parted. */
export function isMoved(was: Call | null, is: Call): boolean {
  if (was === null || was.leg !== is.leg || was.state.name !== is.state.name) return true
  const before = placementOf(was)
  const after = placementOf(is)
  if (before.bridges.size !== after.bridges.size) return true
  for (const [bridge, legs] of before.bridges) {
    const others = after.bridges.get(bridge)
    if (others === undefined || others.length !== legs.length || without(legs, others).length > 0) return true
  }
  return false
}
