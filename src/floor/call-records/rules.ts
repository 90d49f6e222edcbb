import type { Role } from '#database/types.ts'
import type { CallId, StaffId } from '#kernel/ids.ts'
import { asId } from '#kernel/ids.ts'
import type { StaffMember } from '../../people/staff/index.ts'

/** Roles that look over everybody's calls. */
export const OVERSEERS: readonly Role[] = ['shift-lead', 'quality', 'admin']

/** A call, its timeline and its recording are for the agents who took part in it, and for overseers. */
export async function mayReadCall(
  member: Pick<StaffMember, 'id' | 'role'>,
  takenBy: StaffId | null,
  tookPart: () => Promise<boolean>,
): Promise<boolean> {
  return OVERSEERS.includes(member.role) || takenBy === member.id || (await tookPart())
}

/** A page of calls ends at one call; the next begins after it. Arrival is kept to the millisecond. */
export interface PageEnd {
  readonly arrivedAt: Date
  readonly id: CallId
}

export function writeCursor(end: PageEnd): string {
  return `${end.arrivedAt.getTime()}_${end.id}`
}

/** @returns null when the text is no cursor of ours */
export function readCursor(text: string): PageEnd | null {
  const parts = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(text)
  if (parts === null) return null
  return { arrivedAt: new Date(Number(parts[1])), id: asId(parts[2] ?? '') }
}

export function waitMs(call: {
  readonly queued_at: Date | null
  readonly answered_at: Date | null
  readonly ended_at: Date | null
}): number | null {
  const end = call.answered_at ?? call.ended_at
  return call.queued_at === null || end === null ? null : end.getTime() - call.queued_at.getTime()
}
