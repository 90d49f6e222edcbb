import type { StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import { DAY_MS, type Instant } from '#kernel/time.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { runsTheFloor } from '../../people/staff/index.ts'
import type { BlockForm, LineForm } from './schema.ts'

/** A block is looked at again after a year at the latest. */
const LONGEST_BLOCK_MS = 366 * DAY_MS

export function checkLine(form: LineForm, knownQueue: boolean): Outcome<LineForm> {
  const problems: Record<string, string> = {}
  if (!knownQueue) problems.queue = 'unknown'
  // From eight to eight could mean a whole day or nothing: 00:00–24:00 says the one, `active` the other.
  form.hours?.forEach(({ from, to }, index) => {
    if (from === to) problems[`hours.${index}.to`] = 'same-as-from'
  })
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(form)
}

/** @param approver null when there is no such person at work */
export function checkBlock(
  form: BlockForm,
  asker: StaffId,
  approver: Pick<StaffMember, 'id' | 'role'> | null,
  now: Instant,
): Outcome<void> {
  const problems: Record<string, string> = {}
  if (approver === null) problems.approvedBy = 'unknown'
  else if (approver.id === asker) problems.approvedBy = 'yourself'
  else if (!runsTheFloor(approver)) problems.approvedBy = 'may-not-approve'
  const lasts = Date.parse(form.expiresAt) - now
  if (lasts <= 0) problems.expiresAt = 'past'
  else if (lasts > LONGEST_BLOCK_MS) problems.expiresAt = 'too-far'
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(undefined)
}

/** One form of a caller's number: networks show the country's prefix or leave it out. */
export function plainNumber(number: string): string {
  return number.replace(/^(\+86|0086)/, '')
}
