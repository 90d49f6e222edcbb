import type { AlarmLimit, AlarmView } from '../../floor/alarms/schema.ts'
import { duration } from '../kit/time.ts'

export type AlarmKind = AlarmLimit['kind']
export type AlarmLevel = AlarmView['level']
export const LEVELS: readonly AlarmLevel[] = ['notice', 'warning', 'serious']

/** How a limit is written down, and what it may be narrowed to. */
interface KindForm {
  readonly unit: 's' | 'min' | 'callers' | 'times' | 'percent'
  readonly of: 'queue' | 'reason' | 'seat' | 'hotline'
}

/** In the order of the page: callers, shares, seats. */
export const KIND_FORMS: Readonly<Record<AlarmKind, KindForm>> = {
  'caller-waits': { unit: 's', of: 'queue' },
  'longest-wait': { unit: 's', of: 'queue' },
  'callers-waiting': { unit: 'callers', of: 'queue' },
  'nobody-ready': { unit: 's', of: 'queue' },
  'service-level-15-min': { unit: 'percent', of: 'hotline' },
  'service-level-30-min': { unit: 'percent', of: 'hotline' },
  'service-level-today': { unit: 'percent', of: 'hotline' },
  'answer-rate-24-h': { unit: 'percent', of: 'hotline' },
  'long-talk': { unit: 'min', of: 'seat' },
  'long-hold': { unit: 's', of: 'seat' },
  'long-wrap-up': { unit: 'min', of: 'seat' },
  'long-not-ready': { unit: 'min', of: 'reason' },
  'no-answers': { unit: 'times', of: 'seat' },
  'not-offered': { unit: 's', of: 'seat' },
}

/** What one in the field is in the limit. */
export function scaleOf(kind: AlarmKind): number {
  const { unit } = KIND_FORMS[kind]
  if (unit === 'min') return 60_000
  return unit === 's' ? 1_000 : 1
}

/** `2:30`, `88.4%`, `12`. */
export function valueText(kind: AlarmKind, value: number): string {
  const { unit } = KIND_FORMS[kind]
  if (unit === 'percent') return `${value}%`
  return unit === 'callers' || unit === 'times' ? String(value) : duration(value)
}

/** In the order of their kinds, those of one queue or reason behind that of all. */
export function inPageOrder(limits: readonly AlarmLimit[]): readonly AlarmLimit[] {
  const kinds = Object.keys(KIND_FORMS)
  const narrow = ({ queue, reason }: AlarmLimit) => Number(queue !== null || reason !== null)
  return limits.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || narrow(a) - narrow(b))
}

/** A state that has a limit, as its own desk tells it. */
export interface TimedState {
  readonly state: string
  readonly reason: string | null
  readonly sinceMs: number
}

/** From this share of the limit on it is near. */
const NEAR = 0.8

/** The first limit of a seat's state and how near it is; null: the state has none. */
export function paceOf(
  { state, reason, sinceMs }: TimedState,
  limits: readonly AlarmLimit[],
  nowMs: number,
): { readonly limitMs: number; readonly pace: 'calm' | 'near' | 'over' } | null {
  const kind = KIND_OF_STATE[state]
  const ofKind = limits.filter(limit => limit.kind === kind)
  const limit =
    ofKind.find(one => one.reason !== null && one.reason === reason) ??
    ofKind.find(one => one.reason === null)
  if (limit === undefined || !limit.active) return null
  const limitMs = limit.notice ?? limit.warning ?? limit.serious
  if (limitMs === null) return null
  const lasted = nowMs - sinceMs
  return { limitMs, pace: lasted >= limitMs ? 'over' : lasted >= NEAR * limitMs ? 'near' : 'calm' }
}

const KIND_OF_STATE: Readonly<Record<string, AlarmKind>> = {
  'not-ready': 'long-not-ready',
  talking: 'long-talk',
  holding: 'long-hold',
  'wrap-up': 'long-wrap-up',
}
