import { type BridgeId, bridgeId, type LegId, sideBridgeId, watchBridgeId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { SeatPurpose } from '../events.ts'
import type { Call, CallState, SeatLeg } from './call.ts'

/** What a seat does in a call, as the seat itself shows it. */
export type SeatActivity = 'calling' | 'dialling' | 'talking' | 'holding' | 'consulting'

export interface SeatPart {
  readonly to: SeatLeg
  readonly purpose: SeatPurpose
  readonly activity: SeatActivity
}

/** Every seat that takes part, the call's own agent first. */
export function seatParts(call: Call): readonly SeatPart[] {
  const { state, watch } = call
  const own: SeatPurpose = call.direction === 'outbound' ? 'dial' : 'call'
  const rings = (to: SeatLeg): SeatPart => ({ to, purpose: own, activity: 'calling' })
  switch (state.name) {
    case 'offered':
      return state.ring.map(rings)
    case 'dialling':
      return [{ to: state.to, purpose: own, activity: 'dialling' }]
    case 'announcing':
    case 'joining':
      return [{ to: state.to, purpose: own, activity: 'talking' }, ...state.others.map(rings)]
    case 'talking': {
      const { aside } = state
      const apart = aside !== null && aside.how === 'consult' && isApart(aside.stage)
      const activity = state.held ? 'holding' : apart ? 'consulting' : 'talking'
      const parts: SeatPart[] = [{ to: state.to, purpose: own, activity }]
      if (aside !== null && aside.to !== null) {
        const stage = aside.stage === 'ringing' ? 'calling' : 'consulting'
        parts.push({ to: aside.to, purpose: 'consult', activity: stage })
      }
      if (watch !== null) {
        parts.push({ to: watch.by, purpose: 'watch', activity: watch.answered ? 'talking' : 'calling' })
      }
      return parts
    }
    default:
      return []
  }
}

function isApart(stage: 'ringing' | 'consulting' | 'swapped' | 'merged'): boolean {
  return stage === 'ringing' || stage === 'consulting'
}

/** The seat that is the call's agent, once one has answered. */
export function agentOf({ state }: Call): SeatLeg | null {
  return 'to' in state ? state.to : null
}

/** A talk that begins. */
export function talkWith(to: SeatLeg, at: Instant): Extract<CallState, { name: 'talking' }> {
  return { name: 'talking', to, since: at, held: false, muted: false, aside: null, deadlineAt: null }
}

/** The citizen is with somebody, or on hold meanwhile: the recorder runs. */
export function isTalk({ state }: Call): boolean {
  return (
    state.name === 'talking' ||
    state.name === 'forwarding' ||
    state.name === 'forwarded' ||
    state.name === 'masked'
  )
}

export function talkedMs({ talk }: Call, at: Instant): number {
  return talk.ms + (talk.since === null ? 0 : at - talk.since)
}

/** Legs of the call that are neither the citizen's nor a seat's, by what they are for. */
export function otherLegs({ state, watch }: Call): {
  readonly outside: readonly LegId[]
  readonly snoops: readonly LegId[]
} {
  const outside =
    state.name === 'forwarding' ||
    state.name === 'forwarded' ||
    state.name === 'mask-ringing' ||
    state.name === 'masked'
      ? [state.leg]
      : state.name === 'talking' && state.aside !== null && state.aside.to === null
        ? [state.aside.leg]
        : []
  const snoops = watch?.answered === true && watch.mode !== 'barge' ? [watch.snoop] : []
  return { outside, snoops }
}

/** Who hears whom. The commands that bring it about follow from the difference to the placement before. */
export interface Placement {
  readonly bridges: ReadonlyMap<BridgeId, readonly LegId[]>
  readonly music: readonly LegId[]
  readonly ringback: readonly LegId[]
  /** Nobody hears these. */
  readonly muted: readonly LegId[]
}

/**
 * From the first talk on the citizen stays in the call's own bridge, on hold with music and nobody else there:
 * the recording, which runs while the leg is bridged, is as long as the talk and has no gap.
 */
export function placementOf(call: Call): Placement {
  const { id, leg, state } = call
  if (leg === null && state.name !== 'dialling') return NOWHERE
  const citizen = leg === null ? [] : [leg]
  const main = bridgeId(id)
  switch (state.name) {
    case 'queued':
    case 'offered':
      return { ...NOWHERE, music: citizen }
    case 'dialling':
      return { ...NOWHERE, ringback: [state.to.leg] }
    case 'joining':
      return { ...NOWHERE, bridges: new Map([[main, [...citizen, state.to.leg]]]) }
    case 'talking':
      return withWatch(call, talking(call, citizen))
    case 'forwarding':
      return { ...NOWHERE, bridges: new Map([[main, citizen]]), music: citizen }
    case 'forwarded':
    case 'masked':
      return { ...NOWHERE, bridges: new Map([[main, [...citizen, state.leg]]]) }
    case 'mask-ringing':
      return { ...NOWHERE, ringback: state.playing === null ? citizen : [] }
    default:
      return NOWHERE
  }
}

export const NOWHERE: Placement = { bridges: new Map(), music: [], ringback: [], muted: [] }

function talking({ id, state }: Call, citizen: readonly LegId[]): Placement {
  if (state.name !== 'talking') return NOWHERE
  const { to, aside, held } = state
  const main = bridgeId(id)
  const side = sideBridgeId(id)
  const muted = state.muted ? [to.leg] : []
  if (held) return { ...NOWHERE, bridges: new Map([[main, citizen]]), music: citizen, muted }
  if (aside === null) return { ...NOWHERE, bridges: new Map([[main, [...citizen, to.leg]]]), muted }
  switch (aside.stage) {
    case 'ringing':
      if (aside.how === 'conference') {
        return { ...NOWHERE, bridges: new Map([[main, [...citizen, to.leg]]]), muted }
      }
      return { bridges: new Map([[main, citizen]]), music: citizen, ringback: [to.leg], muted }
    case 'consulting':
      return {
        ...NOWHERE,
        bridges: new Map([
          [main, citizen],
          [side, [to.leg, aside.leg]],
        ]),
        music: citizen,
        muted,
      }
    case 'swapped':
      return {
        ...NOWHERE,
        bridges: new Map([
          [main, [...citizen, to.leg]],
          [side, [aside.leg]],
        ]),
        music: [aside.leg],
        muted,
      }
    case 'merged':
      return { ...NOWHERE, bridges: new Map([[main, [...citizen, to.leg, aside.leg]]]), muted }
  }
}

function withWatch({ id, watch }: Call, placement: Placement): Placement {
  if (watch === null || !watch.answered) return placement
  const { by, mode, snoop } = watch
  const bridges = new Map(placement.bridges)
  if (mode === 'barge') bridges.set(bridgeId(id), [...(bridges.get(bridgeId(id)) ?? []), by.leg])
  else bridges.set(watchBridgeId(id), [by.leg, snoop])
  return { ...placement, bridges, muted: mode === 'listen' ? [...placement.muted, by.leg] : placement.muted }
}
