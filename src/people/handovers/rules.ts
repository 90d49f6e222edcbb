import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { runsTheFloor, type StaffMember } from '../staff/index.ts'
import type { HandoverForm } from './schema.ts'

/** A published note as the gate knows it. */
export interface PublishedNote {
  readonly id: number
  readonly publishedAt: Instant
  readonly writtenBy: StaffId
  readonly signedBy: ReadonlySet<StaffId>
}

/**
 * The notes that this person must sign before taking calls: published within the last hours and before this sign-in.
 * What is published later is for the shift that comes; who wrote it has read it.
 */
export function unreadNotes(
  notes: readonly PublishedNote[],
  staff: StaffId,
  signedInAt: Instant,
  { hours, now }: { readonly hours: number; readonly now: Instant },
): readonly number[] {
  return notes
    .filter(note => note.publishedAt > now - hours * HOUR_MS && note.publishedAt < signedInAt)
    .filter(note => note.writtenBy !== staff && !note.signedBy.has(staff))
    .map(note => note.id)
}

/** Any shift lead writes and corrects them. */
export function mayWrite(member: StaffMember): Outcome<void> {
  return runsTheFloor(member) ? ok(undefined) : refuse('not-allowed')
}

/** Drafts are the leads' own until they are published. */
export function maySee(member: StaffMember, publishedAt: Date | null): boolean {
  return publishedAt !== null || runsTheFloor(member)
}

/** Quality listens and reads; what a shift left undone is for those who work it. */
export function mayTick(member: StaffMember): Outcome<void> {
  return member.role === 'quality' ? refuse('not-allowed') : ok(undefined)
}

/** Nothing but figures is no handover: at the least it says that there was nothing (无). */
export function saysNothing(form: Omit<HandoverForm, 'matters'> & { readonly matters: number }): boolean {
  const texts = [form.cases, form.changes, form.equipment, form.note]
  return form.matters === 0 && texts.every(text => text.trim() === '')
}
