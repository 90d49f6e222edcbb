import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { citySecond } from '../../insight/intervals/index.ts'

export type TableFormat = 'csv' | 'xlsx'

/** Instants are written as the city's clock shows them, to the second. */
export type TableValue = string | number | Date | null

export interface TableColumn<Row> {
  /** What the record of exports names it by. */
  readonly key: string
  readonly heading: string
  value(row: Row): TableValue
}

/** Most rows of a file. CSV is written as the rows come; a workbook is put together in memory, some 2 KB a row. */
export const MOST_ROWS: Readonly<Record<TableFormat, number>> = { csv: 200_000, xlsx: 20_000 }

/** Excel's own limit. */
const LONGEST_CELL = 32_767

export type Cell = string | number | null

export function cellOf(value: TableValue): Cell {
  if (value instanceof Date) return citySecond(value.toISOString())
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

/** XML knows no control characters but those of lines, and no half characters. */
export function workbookCell(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
  const plain = cell.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
  return plain.slice(0, LONGEST_CELL).toWellFormed()
}

/** A filter for the record: whom somebody looked for is told by a masked number. */
export function recordedFilter(filter: object): string {
  return JSON.stringify(filter, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\d{7,}/g, maskPhoneNumber) : value,
  )
}
