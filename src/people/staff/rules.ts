import type { StaffMember } from './store.ts'

/** Shift leads and admins set up queues, lines, skills and blocked numbers. */
export function runsTheFloor({ role }: Pick<StaffMember, 'role'>): boolean {
  return role === 'shift-lead' || role === 'admin'
}
