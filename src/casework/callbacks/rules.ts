import type { UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityClock, cityDate, daysAfter, type Instant } from '#kernel/time.ts'
import { type Actor, hasRight } from '../../cases/actor.ts'
import type { CaseGrade, Order } from '../../cases/life/order.ts'
import type { LifeNumbers } from '../../cases/life/table.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'

/** Whose orders somebody calls back: null is everybody's, an empty list nobody's. 谁的事项谁处理谁回访. */
export function unitsCalledBackBy(actor: Extract<Actor, { kind: 'staff' }>): readonly UnitId[] | null {
  if (hasRight(actor, 'order.call-back') || hasRight(actor, 'unit.handle')) return null
  return [...(actor.overUnits.get('unit.handle') ?? [])]
}

/** From when on another try counts: those at the same hour say nothing new. null: now, or never tried. */
export function tryAgainAt(
  { callBackTries }: Pick<Order, 'callBackTries'>,
  { callBackApartMs }: Pick<LifeNumbers, 'callBackApartMs'>,
  now: Instant,
): Instant | null {
  const last = callBackTries.at(-1)
  if (last === undefined) return null
  const next = last.at + callBackApartMs
  return next > now ? next : null
}

/** The evening before, from eight o'clock on; and on the day itself for whatever was missed. */
const PREPARED_FROM_MINUTE = 20 * 60

/** The days whose lists should be there by now. */
export function daysToPrepare(now: Instant): readonly string[] {
  const day = cityDate(now)
  return cityClock(now).minute >= PREPARED_FROM_MINUTE ? [day, daysAfter(day, 1)] : [day]
}

/** Not everybody is reached: for each call to make there is a second to fall back on. */
export const LISTED_PER_CALL = 2

/** 签到 → 查阅交接班日记 → 审核工单; then 逐一回访. */
export const STEPS = ['sign-in', 'read-handovers', 'review-orders'] as const
export type Step = (typeof STEPS)[number]
export const STEP_COLUMNS = {
  'sign-in': 'signed_in_at',
  'read-handovers': 'read_handovers_at',
  'review-orders': 'reviewed_orders_at',
} as const satisfies Record<Step, string>

export type StepTimes = Readonly<Record<(typeof STEP_COLUMNS)[Step], Date | null>>

/** Each after the one before, beginning on the day itself. A step that was taken may be taken again: it stays. */
export function checkStep(day: string, times: StepTimes, step: Step, now: Instant): Outcome<void> {
  if (step === 'sign-in') return cityDate(now) === day ? ok(undefined) : refuse('not-that-day', day)
  const before = STEPS[STEPS.indexOf(step) - 1]
  return before === undefined || times[STEP_COLUMNS[before]] !== null
    ? ok(undefined)
    : refuse('step-out-of-turn', step)
}

export interface Figures {
  /** Orders that were called about, reached or not. */
  readonly called: number
  /** Citizens who were spoken with. */
  readonly reached: number
  readonly rated: number
  /** 满意率 counts 非常满意, 满意 and 基本满意. */
  readonly satisfied: number
  readonly solved: number
}

export interface ItemResult {
  readonly result: 'missed' | 'reached' | 'rated' | null
  readonly grade: CaseGrade | null
  readonly solved: boolean | null
}

const SATISFIED: ReadonlySet<CaseGrade | null> = new Set(['very-good', 'good', 'fair'])

export function figuresOf(items: readonly ItemResult[]): Figures {
  const count = (is: (item: ItemResult) => boolean) => items.filter(is).length
  return {
    called: count(({ result }) => result !== null),
    reached: count(({ result }) => result === 'reached' || result === 'rated'),
    rated: count(({ result }) => result === 'rated'),
    satisfied: count(({ grade }) => SATISFIED.has(grade)),
    solved: count(({ solved }) => solved === true),
  }
}

export function mayPlanLeaders(member: StaffMember, actor: Actor): boolean {
  return runsTheFloor(member) || hasRight(actor, 'settings.edit')
}

export function mayReadLeaderDays(member: StaffMember, actor: Actor): boolean {
  return (
    mayPlanLeaders(member, actor) || hasRight(actor, 'order.call-back') || hasRight(actor, 'order.read-all')
  )
}

export interface LeaderDayKnown {
  readonly unit: boolean
  readonly staff: ReadonlySet<string>
}

interface PlannedLeader {
  readonly leader: string
  readonly staff: string | null
  readonly assistants?: readonly string[]
}

export function checkLeaderDay<Form extends PlannedLeader>(form: Form, known: LeaderDayKnown): Outcome<Form> {
  const fields: Record<string, string> = {}
  if (!known.unit) fields.unit = 'unknown'
  if (form.staff !== null && !known.staff.has(form.staff)) fields.staff = 'unknown'
  if (form.assistants?.some(one => !known.staff.has(one))) fields.assistants = 'unknown'
  if (form.leader.trim() === '') fields.leader = 'required'
  return Object.keys(fields).length > 0 ? badInput(fields) : ok({ ...form, leader: form.leader.trim() })
}
