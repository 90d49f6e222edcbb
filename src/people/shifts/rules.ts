import { cityInstant, daysAfter, type Instant } from '#kernel/time.ts'
import type { RosterEntryForm } from './schema.ts'

/** When a shift is worked: from its first instant to that of the next. */
export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** Where a shift falls that begins on this day of the city; one that ends no later than it begins ends the day after. */
export function spanOf(day: string, shift: { readonly from: string; readonly to: string }): Span {
  const endsOn = shift.to <= shift.from ? daysAfter(day, 1) : day
  return { from: cityInstant(day, shift.from), to: cityInstant(endsOn, shift.to) }
}

/** One that ends when the other begins does not overlap it. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

/** Somebody who can be planned: `leads` for who may lead a shift, `takesCalls` for who has an agent number. */
export interface Plannable {
  readonly leads: boolean
  readonly takesCalls: boolean
}

export interface Planned extends Span {
  readonly staff: string
}

/** What a plan may name. Inactive people are not among them. */
export interface Known {
  readonly people: ReadonlyMap<string, Plannable>
  readonly shifts: ReadonlyMap<string, { readonly from: string; readonly to: string }>
  readonly entries: readonly Planned[]
}

/** What is wrong with each entry of a plan, by field; `overlaps` also for two of the same plan. */
export function planProblems(plan: readonly RosterEntryForm[], known: Known): Record<string, string> {
  const problems: Record<string, string> = {}
  const taken = Map.groupBy(known.entries, entry => entry.staff)
  plan.forEach((entry, index) => {
    const field = `entries.${index}`
    const person = known.people.get(entry.staff)
    const shift = known.shifts.get(entry.shift)
    if (person === undefined) problems[`${field}.staff`] = 'unknown'
    if (shift === undefined) problems[`${field}.shift`] = 'unknown'
    if (person === undefined || shift === undefined) return
    const duty = dutyProblem(entry.duty, person)
    if (duty !== null) problems[`${field}.duty`] = duty
    const span = spanOf(entry.day, shift)
    const others = taken.get(entry.staff) ?? []
    if (others.some(other => overlaps(other, span))) problems[field] = 'overlaps'
    taken.set(entry.staff, [...others, { staff: entry.staff, ...span }])
  })
  return problems
}

function dutyProblem(duty: RosterEntryForm['duty'], person: Plannable): string | null {
  if (duty === 'agent') return person.takesCalls ? null : 'no-agent-number'
  return person.leads ? null : 'not-a-lead'
}
