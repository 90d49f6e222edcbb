import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { hasRight } from '../../cases/actor.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { MOST_ROWS, sendTable, type TableColumn, type TableFormat } from '../exports/index.ts'
import { type Position, readCursor, writeCursor } from './cursor.ts'
import type {
  AuditFilter,
  AuditPage,
  AuditQuery,
  AuditRow,
  ChainState,
  Looker,
  LookersQuery,
} from './schema.ts'
import { countAudit, readAudit, readChainState, readLookers } from './store.ts'

const PAGE = 50
/** Of an export: what is read at once. */
const CHUNK = 1_000

export async function auditPage(
  db: Kysely<Database>,
  actor: StaffActor,
  { cursor, ...filter }: AuditQuery,
): Promise<Outcome<AuditPage>> {
  if (!hasRight(actor, 'audit.read')) return refuse('not-allowed')
  const after = cursor === undefined ? ok(null) : readCursor(cursor)
  if (!after.ok) return after
  // One more than is shown tells whether there are others before.
  const found = await readAudit(db, filter, after.value, PAGE + 1)
  const items = found.slice(0, PAGE)
  const last = items.at(-1)
  const next = found.length > PAGE && last !== undefined ? writeCursor(positionOf(last)) : null
  return ok({ items, next })
}

/** Who looked at whoever is behind orders, and how often. */
export async function lookers(
  db: Kysely<Database>,
  actor: StaffActor,
  query: LookersQuery,
): Promise<Outcome<readonly Looker[]>> {
  return hasRight(actor, 'audit.read') ? ok(await readLookers(db, query)) : refuse('not-allowed')
}

export async function chainState(db: Kysely<Database>, actor: StaffActor): Promise<Outcome<ChainState>> {
  return hasRight(actor, 'audit.read') ? ok(await readChainState(db)) : refuse('not-allowed')
}

/** Sends the log as a file, newest first, for whoever reads it and may take lists away. */
export async function exportAudit(
  db: Kysely<Database>,
  reply: FastifyReply,
  actor: StaffActor,
  { format, ...filter }: AuditFilter & { readonly format: TableFormat },
): Promise<Outcome<FastifyReply>> {
  if (!hasRight(actor, 'audit.read') || !hasRight(actor, 'export')) return refuse('not-allowed')
  // What is written meanwhile, this export among it, is not in the file.
  const until = { ...filter, to: filter.to ?? new Date().toISOString() }
  return await sendTable(db, reply, actor, {
    list: 'audit-log',
    units: null,
    name: '审计日志',
    format,
    filter,
    columns: COLUMNS,
    total: await countAudit(db, until, MOST_ROWS[format] + 1),
    rows: all(db, until),
  })
}

const COLUMNS: readonly TableColumn<AuditRow>[] = [
  { key: 'at', heading: '时间', value: ({ at }) => new Date(at) },
  { key: 'actor', heading: '操作人', value: ({ actorName }) => actorName },
  { key: 'login', heading: '账号', value: ({ login }) => login },
  { key: 'subject', heading: '类别', value: ({ subject }) => subject },
  { key: 'act', heading: '操作', value: ({ act }) => act },
  { key: 'key', heading: '对象', value: ({ key }) => key },
  { key: 'why', heading: '理由', value: ({ why }) => why },
  { key: 'detail', heading: '详情', value: ({ detail }) => JSON.stringify(detail) },
  { key: 'seq', heading: '序号', value: ({ seq }) => seq },
  { key: 'hash', heading: '哈希', value: ({ hash }) => hash },
]

async function* all(db: Kysely<Database>, filter: AuditFilter): AsyncGenerator<AuditRow> {
  let after: Position | null = null
  for (;;) {
    const rows: readonly AuditRow[] = await readAudit(db, filter, after, CHUNK)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < CHUNK) return
    after = positionOf(last)
  }
}

function positionOf({ at, subject, seq }: AuditRow): Position {
  return { at: new Date(at), subject, seq }
}
