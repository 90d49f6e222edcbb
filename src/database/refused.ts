import pg from 'pg'

/** SQLSTATE classes 22 (data) and 23 (integrity): the same write would be refused again, however often tried. */
export function isRefusedByTables(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}
