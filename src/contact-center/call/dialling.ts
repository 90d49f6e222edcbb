import { outsideLegId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { GoneCause, OutsideTarget, PbxCommand } from '../events.ts'
import type { Call } from './call.ts'
import { end } from './ending.ts'
import { after, type CallStep, noted, pbx, step } from './steps.ts'

/** How long a telephone outside rings; a mailbox of the carrier's answers later. */
export const RING_OUT_MS = 45 * SECOND_MS
/** The PBX's own give-up comes after ours. */
const PBX_GIVE_UP_LATER_MS = 5 * SECOND_MS

/** Calls the citizen whom this call is about. */
export function callCitizen(call: Call, at: Instant, state: Call['state']): CallStep {
  const dials = call.dials + 1
  const leg = outsideLegId(call.id, dials)
  const callBack = call.callBack === null ? null : { ...call.callBack, tried: call.callBack.tried + 1 }
  return step({ ...call, leg, dials, callBack, state }, [
    noted(call, at, { kind: 'dialled', attempt: dials }),
    pbx({
      do: 'dial-out',
      call: call.id,
      leg,
      number: call.caller,
      shows: call.dialled,
      records: true,
      giveUpAfterMs: RING_OUT_MS + PBX_GIVE_UP_LATER_MS,
    }),
  ])
}

export const CALL_BACK_FAILED = { result: 'abandoned', reason: 'call-back-failed', by: 'system' } as const

/** The citizen did not pick up: tried again later where a plan says so, and not for ever. */
export function notReached(call: Call, cause: GoneCause, at: Instant): CallStep {
  const { callBack, leg, id } = call
  const missed = noted(call, at, { kind: 'not-reached', attempt: call.dials, cause })
  // It may ring on when it was we who gave up.
  const stop = leg === null ? [] : [pbx({ do: 'hang-up', call: id, leg, cause: 'no-answer' } as const)]
  const away = { ...call, leg: null }
  if (callBack === null) {
    return after(
      [missed, ...stop],
      end(away, at, { result: 'caller-side', reason: 'not-reached', by: 'caller' }),
    )
  }
  if (callBack.tried >= callBack.tries) {
    return after([missed, ...stop], end(away, at, CALL_BACK_FAILED))
  }
  return step({ ...away, state: { name: 'resting', deadlineAt: at + callBack.retryAfterMs } }, [
    missed,
    ...stop,
  ])
}

/** Calls a number outside, as the next leg of its kind. */
export function dialOutside<Any extends Omit<Call, 'state'>>(call: Any, { number }: OutsideTarget) {
  return dialNumber(call, { number, shows: call.dialled, records: false })
}

/** The same for whoever shows another number than the one that was dialled. */
export function dialNumber<Any extends Omit<Call, 'state'>>(
  call: Any,
  to: Pick<Extract<PbxCommand, { do: 'dial-out' }>, 'number' | 'shows' | 'records'>,
) {
  const dials = call.dials + 1
  const leg = outsideLegId(call.id, dials)
  const giveUpAfterMs = RING_OUT_MS + PBX_GIVE_UP_LATER_MS
  const command = { do: 'dial-out', call: call.id, leg, ...to, giveUpAfterMs } as const
  return { call: { ...call, dials }, leg, effects: [pbx(command)] }
}
