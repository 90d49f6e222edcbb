import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import { AUDIT_SUBJECTS } from './schema.ts'

/** The last entry of a page; entries are stamped to the millisecond. */
export interface Position {
  readonly at: Date
  readonly subject: (typeof AUDIT_SUBJECTS)[number]
  readonly seq: number
}

export function writeCursor({ at, subject, seq }: Position): string {
  return Buffer.from(`${at.getTime()} ${subject} ${seq}`).toString('base64url')
}

/** Whatever a cursor says, it moves within what its reader may see: it need not be signed. */
export function readCursor(cursor: string): Outcome<Position> {
  const [, at, of, seq] =
    /^(\d{1,15}) ([a-z]+) (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const subject = AUDIT_SUBJECTS.find(one => one === of)
  const instant = new Date(Number(at))
  if (subject === undefined || Number.isNaN(instant.getTime())) return badInput({ cursor: 'unknown' })
  return ok({ at: instant, subject, seq: Number(seq) })
}
