import { Value } from 'typebox/value'
import type { MergeMode } from '#database/types.ts'
import { type Column, toCsv } from '../../insight/intervals/index.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { hoursText, parseHours } from './hours-text.ts'
import { checkLine } from './rules.ts'
import { type LineForm, type LineView, NewLineForm } from './schema.ts'

/** The lines as a table that a spreadsheet opens: what is exported can be imported again. */

type ColumnName = 'number' | 'name' | 'mergeMode' | 'queue' | 'greets' | 'hours' | 'active'

const TITLES: Readonly<Record<ColumnName, string>> = {
  number: '号码',
  name: '名称',
  mergeMode: '并入方式',
  queue: '队列',
  greets: '播报欢迎语',
  hours: '服务时间',
  active: '启用',
}
const COLUMNS: readonly ColumnName[] = ['number', 'name', 'mergeMode', 'queue', 'greets', 'hours', 'active']

const MERGE_MODES: Readonly<Record<MergeMode, string>> = {
  merged: '整体并入',
  parallel: '双号并行',
  'sub-centre': '设分中心',
}

export interface QueueName {
  readonly id: string
  readonly nameZh: string
}

export function linesCsv(lines: readonly LineView[], queues: readonly QueueName[]): string {
  const queueName = new Map(queues.map(({ id, nameZh }) => [id, nameZh]))
  const cell: Readonly<Record<ColumnName, (line: LineView) => string>> = {
    number: line => line.number,
    name: line => line.name,
    mergeMode: line => MERGE_MODES[line.mergeMode],
    queue: line => queueName.get(line.queue) ?? line.queue,
    greets: line => yesNo(line.greets),
    hours: line => hoursText(line.hours),
    active: line => yesNo(line.active),
  }
  const columns = COLUMNS.map((name): Column<LineView> => ({ title: TITLES[name], cell: cell[name] }))
  return toCsv(columns, lines)
}

/** A row of the file: either a whole form, or what is wrong with it by column. */
export interface ImportedRow {
  readonly row: number
  readonly number: string
  readonly name: string
  readonly form: LineForm | null
  readonly problems: Readonly<Record<string, string>>
}

/** @returns the rows, or the columns that the file lacks */
export function readLineTable(
  csv: string,
  queues: readonly QueueName[],
): { readonly rows: readonly ImportedRow[] } | { readonly lacking: readonly ColumnName[] } {
  const [header, ...rest] = csvRows(csv)
  const places = new Map(COLUMNS.map(name => [name, header?.cells.findIndex(is(name)) ?? -1]))
  const lacking = COLUMNS.filter(name => places.get(name) === -1)
  if (lacking.length > 0) return { lacking }
  const seen = new Set<string>()
  const rows = rest.map(row => {
    const read = readRow(row, name => row.cells[places.get(name) ?? -1] ?? '', queues)
    if (!seen.has(read.number)) {
      seen.add(read.number)
      return read
    }
    return { ...read, form: null, problems: { ...read.problems, number: 'repeated' } }
  })
  return { rows }
}

/** A column is known by its title or by its name in the API. */
function is(name: ColumnName): (title: string) => boolean {
  return title => title === TITLES[name] || title === name
}

function readRow(
  { row }: CsvRow,
  cell: (name: ColumnName) => string,
  queues: readonly QueueName[],
): ImportedRow {
  const queue = queues.find(({ id, nameZh }) => id === cell('queue') || nameZh === cell('queue'))
  const given: Readonly<Record<ColumnName, unknown>> = {
    number: cell('number'),
    name: cell('name'),
    mergeMode: mergeModeOf(cell('mergeMode')),
    queue: queue?.id ?? cell('queue'),
    greets: isYes(cell('greets')),
    hours: parseHours(cell('hours')),
    active: isYes(cell('active')),
  }
  const read = { row, number: cell('number'), name: cell('name') }
  if (!Value.Check(NewLineForm, given)) {
    const wrong = COLUMNS.filter(name => !Value.Check(NewLineForm.properties[name], given[name]))
    const problems = wrong.map(name => [name, cell(name) === '' ? 'required' : 'wrong-form'])
    return { ...read, form: null, problems: Object.fromEntries(problems) }
  }
  const { number: _, ...form } = given
  const checked = checkLine(form, queue !== undefined)
  return checked.ok
    ? { ...read, form, problems: {} }
    : { ...read, form: null, problems: byColumn(checked.refusal.fields ?? {}) }
}

/** In a table a whole cell is wrong: `hours.0.to` is the column `hours`. */
function byColumn(problems: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([field, what]) => [field.split('.')[0] ?? field, what]),
  )
}

function mergeModeOf(text: string): MergeMode | null {
  const modes: readonly MergeMode[] = ['merged', 'parallel', 'sub-centre']
  return modes.find(mode => text === mode || text === MERGE_MODES[mode]) ?? null
}

function yesNo(value: boolean): string {
  return value ? '是' : '否'
}

/** @returns null when it is neither */
function isYes(text: string): boolean | null {
  if (/^(是|yes|true|1|启用)$/i.test(text)) return true
  return /^(否|no|false|0|停用)$/i.test(text) ? false : null
}
