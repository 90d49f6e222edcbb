import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { PROTECTED_TYPES } from '../../cases/secrecy.ts'

/** `isProtected` of the cases, of rows of `work_orders`; false, not null, where an outer join found none. */
export function isProtectedRow(table = 'work_orders'): RawBuilder<SqlBool> {
  const [secret, type] = [sql.ref(`${table}.secret`), sql.ref(`${table}.type_code`)]
  return sql<SqlBool>`(coalesce(${secret}, false) or coalesce(${type} = any(${[...PROTECTED_TYPES]}::text[]), false))`
}
