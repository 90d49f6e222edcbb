import type { BindingCall, BindingView } from '../../casework/masking/schema.ts'
import { timeLeft } from '../cases/time-left.ts'
import type { Words } from '../kit/language.tsx'
import { dateAndTime, duration } from '../kit/time.ts'

type T = Words['t']

/** Until then minutes are enough; the last ones are counted by the second. */
const LAST_MS = 5 * 60_000
/** From then on it may be worth while to extend it. */
const SOON_MS = 2 * 60 * 60_000

/** `剩 2 天 3 时`, `剩 12 分`, and at the end `剩 4:07`. */
export function countdown(t: T, leftMs: number): string {
  if (leftMs >= LAST_MS) return timeLeft(t, leftMs)
  return leftMs > 0 ? t('left.left', { time: duration(leftMs) }) : t('mask.left.none')
}

export function paceOf(leftMs: number): 'calm' | 'soon' {
  return leftMs < SOON_MS ? 'soon' : 'calm'
}

/** In the order in which they are offered. */
export const MASK_DIRECTIONS_SHOWN = [
  'both',
  'to-citizen',
  'to-unit',
] as const satisfies readonly BindingView['direction'][]

/** Whether it is of no use any more. */
export function isPast({ state }: BindingView): boolean {
  return state === 'over' || state === 'resting'
}

/** Ours; the carrier's own words are shown as they are, since whoever asks it needs them. */
const PROBLEMS = ['no-number-free', 'too-late', 'forgotten', 'timeout'] as const

/** How a binding stands at the carrier. */
export function carrierText(t: T, { state, problem }: NonNullable<BindingView['carrier']>): string {
  if (problem === null) return t(`mask.carrier.${state}`)
  const ours = PROBLEMS.find(one => one === problem)
  const words = ours === undefined ? problem : t(`mask.carrier.problem.${ours}`)
  return t(state === 'failed' ? 'mask.carrier.refused' : 'mask.carrier.trouble', { problem: words })
}

/** What came of a call through a short number. */
export function resultText(t: T, call: BindingCall): string {
  if (call.stage !== null) return t(`mask.calls.stage.${call.stage}`)
  return call.result === 'talked' ? duration(call.talkMs ?? 0) : failureText(t, call)
}

/** Who called whom; by name whoever asked for it from a page. */
export function whoText(t: T, { from, by }: BindingCall): string {
  if (from !== 'unit') return t(`mask.calls.from.${from ?? 'stranger'}`)
  return by === null ? t('mask.calls.from.unit') : t('mask.calls.from.name', { name: by })
}

/** Nobody talked. */
export function isMissed({ result }: BindingCall): boolean {
  return result !== 'talked' && result !== 'running'
}

/** Why two were not connected. */
export function failureText(t: T, { reason }: BindingCall): string {
  switch (reason) {
    case null:
      return t('mask.calls.gave-up')
    case 'unit-not-reached':
    case 'citizen-not-reached':
      return t(`mask.calls.${reason}`)
    default:
      return t(`end.${reason}`)
  }
}

/** Until when it is valid, in words. */
export function endText(t: T, { validUntil }: BindingView, now: number): string {
  return validUntil === null ? t('mask.open-end') : dateAndTime(validUntil, now)
}

/** What somebody else has changed while this was being written, in words. */
export function changesBetween(
  t: T,
  before: BindingView,
  after: BindingView,
  now: number,
): readonly string[] {
  const changes: string[] = []
  if (after.validUntil !== before.validUntil) {
    changes.push(
      t('mask.changed.until', {
        before: endText(t, before, now),
        after: endText(t, after, now),
      }),
    )
  }
  if (after.endedAt !== null && before.endedAt === null) {
    changes.push(t('mask.changed.ended', { time: dateAndTime(after.endedAt, now) }))
  }
  if (after.direction !== before.direction) {
    changes.push(t('mask.changed.direction', { direction: t(`mask.direction.${after.direction}`) }))
  }
  return changes.length === 0 ? [t('mask.changed.other')] : changes
}

/** `482915` → `482 915`: as it is read out. */
export function inThrees(digits: string): string {
  return digits.replace(/\d{3}(?=\d)/g, '$& ')
}

const SPOKEN = [...'零幺二三四五六七八九']

/** As it is said on the telephone, where 一 and 七 are easily taken for each other: `四八二，九幺五`. */
export function spoken(digits: string): string {
  return inThrees(digits)
    .replace(/\d/g, digit => SPOKEN[Number(digit)] ?? digit)
    .replaceAll(' ', '，')
}
