import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { cityDate } from '#kernel/time.ts'
import { type Actor, hasRight } from '../../cases/actor.ts'
import { BOM, csvLine } from '../../insight/intervals/index.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { type Cell, cellOf, MOST_ROWS, type TableColumn, type TableFormat } from './rules.ts'
import { beginExport, endExport } from './store.ts'
import { workbook } from './workbook.ts'

export interface Table<Row> {
  /** Which list, for the record of exports: `work-orders`. */
  readonly list: string
  /** The file's name without day and ending, in the reader's language: 工单. */
  readonly name: string
  readonly format: TableFormat
  /** What the rows were cut by, for the record. */
  readonly filter: object
  readonly columns: readonly TableColumn<Row>[]
  /** How many rows there are, counted before. */
  readonly total: number
  /** Already within what the reader may see. */
  readonly rows: AsyncIterable<Row>
  /** All rows belong to these units; null: they may be anybody's. */
  readonly units: readonly UnitId[] | null
}

const TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Sends a list as a file, for whoever has the right to take it away, over the city or over all its units: CSV (RFC 4180, UTF-8 with a byte order mark, no
 * cell a formula) row by row, or XLSX. Who took what, by which filter and how far it came is on record; a list beyond
 * `MOST_ROWS` is refused rather than cut.
 */
export async function sendTable<Row>(
  db: Kysely<Database>,
  reply: FastifyReply,
  actor: Actor,
  table: Table<Row>,
): Promise<Outcome<FastifyReply>> {
  if (actor.kind !== 'staff' || !mayTake(actor, table.units)) return refuse('not-allowed')
  const { list, format, units } = table
  const filter = units === null ? table.filter : { ...table.filter, overUnits: units }
  if (table.total > MOST_ROWS[format]) return refuse('export-too-large', `${table.total} rows`)
  const columns = table.columns.map(column => column.key)
  const id = await beginExport(db, { by: actor, list, format, filter, columns })
  const lines = recorded(db, id, format, cellsOf(table))
  const content = format === 'csv' ? Readable.from(asCsv(lines)) : await workbook({ rows: await all(lines) })
  const encoded = encodeURIComponent(`${table.name}-${cityDate(Date.now())}.${format}`)
  reply.header('content-disposition', `attachment; filename="${list}.${format}"; filename*=UTF-8''${encoded}`)
  return ok(reply.type(TYPES[format]).send(content))
}

/**
 * What somebody may take away: null, whatever they read; else what of it belongs to these units, which may be none. The
 * units of a `Table`, for whoever cuts its rows.
 */
export function unitsToTake({ city, overUnits }: StaffActor): readonly UnitId[] | null {
  return city.has('export') ? null : [...(overUnits.get('export') ?? [])]
}

function mayTake(actor: Actor, units: readonly UnitId[] | null): boolean {
  if (units === null) return hasRight(actor, 'export')
  return units.length > 0 && units.every(unit => hasRight(actor, 'export', unit))
}

/** The headings, then each row. */
async function* cellsOf<Row>({ columns, rows }: Table<Row>): AsyncGenerator<readonly Cell[]> {
  yield columns.map(column => column.heading)
  for await (const row of rows) yield columns.map(column => cellOf(column.value(row)))
}

/** Counts what comes through, and writes down how far it came however it ended: also when the reader hung up. */
async function* recorded(
  db: Kysely<Database>,
  id: number,
  format: TableFormat,
  lines: AsyncGenerator<readonly Cell[]>,
): AsyncGenerator<readonly Cell[]> {
  let told = -1
  let complete = false
  try {
    for await (const line of lines) {
      // Rows that came in meanwhile: better no file than one that looks whole.
      if (told === MOST_ROWS[format]) throw new Error('more rows came than a file may have')
      told++
      yield line
    }
    complete = true
  } finally {
    await endExport(db, id, { rows: Math.max(0, told), complete })
  }
}

async function* asCsv(lines: AsyncGenerator<readonly Cell[]>): AsyncGenerator<string> {
  yield BOM
  for await (const line of lines) yield csvLine(line)
}

async function all(lines: AsyncGenerator<readonly Cell[]>): Promise<readonly (readonly Cell[])[]> {
  const kept: (readonly Cell[])[] = []
  for await (const line of lines) kept.push(line)
  return kept
}
