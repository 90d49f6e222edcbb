import { badInput, type Outcome, ok } from '#kernel/outcome.ts'

export const SORTS = ['newest', 'due'] as const
export type Sort = (typeof SORTS)[number]

/** The last row of a page: the next one goes on behind it, whatever has come or gone meanwhile. */
export interface Position {
  /** opened_at or due_at as PostgreSQL writes it, to the microsecond. */
  readonly at: string
  readonly id: string
}

export function writeCursor(sort: Sort, { at, id }: Position): string {
  return Buffer.from(`${sort} ${id} ${at}`).toString('base64url')
}

const CURSOR =
  /^(newest|due) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)$/

/** Whatever a cursor says, it moves within what its reader may see: it need not be signed. */
export function readCursor(sort: Sort, cursor: string): Outcome<Position> {
  const [, of, id, at] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (of !== sort || id === undefined || at === undefined) return badInput({ cursor: 'unknown' })
  return ok({ at, id })
}
