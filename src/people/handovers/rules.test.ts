import { expect, test } from 'vitest'
import { asId, type StaffId } from '#kernel/ids.ts'
import { HOUR_MS } from '#kernel/time.ts'
import { type PublishedNote, unreadNotes } from './rules.ts'

const me = asId<StaffId>('me')
const other = asId<StaffId>('other')
const NOW = 100 * HOUR_MS

const note = (id: number, hoursAgo: number, change: Partial<PublishedNote> = {}): PublishedNote => ({
  id,
  publishedAt: NOW - hoursAgo * HOUR_MS,
  writtenBy: other,
  signedBy: new Set(),
  ...change,
})
const unread = (notes: PublishedNote[], signedInHoursAgo: number, hours = 12) =>
  unreadNotes(notes, me, NOW - signedInHoursAgo * HOUR_MS, { hours, now: NOW })

test('notes of the last hours that were there at sign-in, unless signed or one’s own', () => {
  const notes = [
    note(1, 13),
    note(2, 11),
    note(3, 2),
    note(4, 0.5),
    note(5, 3, { signedBy: new Set([me]) }),
    note(6, 3, { writtenBy: me }),
    note(7, 3, { signedBy: new Set([other]) }),
  ]
  expect(unread(notes, 1)).toEqual([2, 3, 7])
  expect(unread(notes, 1, 24)).toEqual([1, 2, 3, 7])
  expect(unread(notes, 1, 0)).toEqual([])
  // The shift that leaves does not sign what it has written itself.
  expect(unread(notes, 4)).toEqual([2])
})
