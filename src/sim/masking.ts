import { asId, type ShortNumber } from '#kernel/ids.ts'
import { MINUTE_MS } from '#kernel/time.ts'
import type { MaskAnswer, MaskedRoute, MaskQuery, MaskSide } from '../contact-center/events.ts'
import type { Masking } from '../engine/ports.ts'

/** Behind it short numbers are keyed. */
export const ACCESS_LINE = '12300'
/** What every PIN is. */
export const SIM_PIN = '135246'

/**
 * A book of bindings in which the digits say what becomes of a caller: short numbers are 95000–95099; those that end
 * in 0 are unbound, in 1 want a PIN, in 2 belong to somebody else; those that end in 9 are over when somebody asks
 * again. One in ten citizens has an open case.
 */
export class SimMasking implements Masking {
  arrival(_caller: string, dialled: string): MaskAnswer | null {
    if (dialled === ACCESS_LINE) return { answer: 'ask', key: 'short-number', short: null }
    return /^950\d\d$/.test(dialled) ? this.to(asId(dialled), null) : null
  }

  offer(caller: string): MaskedRoute | null {
    return caller.endsWith('7') ? simRoute(asId(`951${caller.slice(-2)}`), 'citizen') : null
  }

  answer({ short, pin, route }: MaskQuery): MaskAnswer {
    if (route !== null) return short.endsWith('9') ? refusal('mask-expired') : { answer: 'route', route }
    return this.to(short, pin)
  }

  private to(short: ShortNumber, pin: string | null): MaskAnswer {
    if (!/^950\d\d$/.test(short) || short.endsWith('0')) return refusal('mask-unbound')
    if (short.endsWith('2')) return refusal('mask-not-registered')
    if (short.endsWith('1') && pin === null) return { answer: 'ask', key: 'pin', short }
    if (short.endsWith('1') && pin !== SIM_PIN) return refusal('mask-wrong-pin')
    return { answer: 'route', route: simRoute(short, 'unit') }
  }
}

/** A few talks are longer than they may be. */
export function simRoute(short: ShortNumber, from: MaskSide): MaskedRoute {
  return {
    binding: asId(`binding-${short}`),
    order: asId(`order-${short}`),
    short,
    from,
    number: `0898${short}000`,
    shows: '12345',
    records: true,
    mostTalkMs: 3 * MINUTE_MS,
    staff: null,
  }
}

function refusal(
  why: 'mask-unbound' | 'mask-expired' | 'mask-not-registered' | 'mask-wrong-pin',
): MaskAnswer {
  return { answer: 'refuse', why, binding: null, order: null }
}
