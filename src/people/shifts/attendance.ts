import type { SeatNumber, StaffId } from '#kernel/ids.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '#kernel/time.ts'
import { overlaps, type Span } from './rules.ts'
import type { Attendance } from './schema.ts'

/** Coming this long before a shift, or going this long after it, belongs to the shift. */
export const SHIFT_MARGIN_MS = HOUR_MS

/** One stay at a seat; `to` is null while it lasts. */
export interface Stay {
  readonly staff: StaffId
  readonly seat: SeatNumber
  readonly from: Instant
  readonly to: Instant | null
}

/** Somebody sits down (`staff`), or whoever sat there leaves (null). */
export interface Coming {
  readonly seat: SeatNumber
  readonly staff: StaffId | null
  readonly at: Instant
}

/** @param comings in the order in which they happened */
export function staysOf(comings: readonly Coming[]): readonly Stay[] {
  const stays: Stay[] = []
  const seated = new Map<SeatNumber, Omit<Stay, 'to'>>()
  for (const { seat, staff, at } of comings) {
    const sits = seated.get(seat)
    if (sits !== undefined) stays.push({ ...sits, to: at })
    seated.delete(seat)
    if (staff !== null) seated.set(seat, { staff, seat, from: at })
  }
  return [...stays, ...[...seated.values()].map(stay => ({ ...stay, to: null }))].toSorted(
    (a, b) => a.from - b.from,
  )
}

/**
 * How somebody kept a shift. Whole minutes count: who comes within the first minute is on time. Leaving early is
 * judged once the shift is over: until then one may come back.
 * @param stays those of this person, by their beginning
 */
export function attendanceOf(shift: Span, stays: readonly Stay[], now: Instant): Attendance {
  const during = stays.filter(stay => overlaps(shift, spanOfStay(stay, now)))
  const first = during[0]
  const none = { arrivedAt: null, leftAt: null, lateMinutes: 0, leftEarlyMinutes: 0 }
  if (first === undefined) {
    if (now >= shift.to) return { state: 'absent', ...none }
    return { state: now < shift.from + MINUTE_MS ? 'to-come' : 'not-yet', ...none }
  }
  const lateMinutes = wholeMinutes(first.from - shift.from)
  const left = during.some(stay => stay.to === null) ? null : Math.max(...during.map(stay => stay.to ?? now))
  return {
    state: lateMinutes > 0 ? 'late' : 'on-time',
    arrivedAt: iso(first.from),
    leftAt: left === null ? null : iso(left),
    lateMinutes,
    leftEarlyMinutes: left === null || now < shift.to ? 0 : wholeMinutes(shift.to - left),
  }
}

/** Stays at a seat that no shift of this person explains. */
export function notRostered(shifts: readonly Span[], stays: readonly Stay[], now: Instant): readonly Stay[] {
  const wide = shifts.map(({ from, to }) => ({ from: from - SHIFT_MARGIN_MS, to: to + SHIFT_MARGIN_MS }))
  return stays.filter(stay => !wide.some(shift => overlaps(shift, spanOfStay(stay, now))))
}

/** One who has sat down this very instant is there. */
function spanOfStay({ from, to }: Stay, now: Instant): Span {
  return { from, to: to ?? Math.max(now, from) + 1 }
}

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / MINUTE_MS))
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
