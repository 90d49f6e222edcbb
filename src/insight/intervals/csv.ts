import { CITY_ZONE } from '#kernel/time.ts'

/** A column: its title, and what stands below it: a text, a number, or nothing. */
export interface Column<Row> {
  readonly title: string
  cell(row: Row): string | number | null
}

/** Excel takes a file for UTF-8 by this alone. */
export const BOM = '\uFEFF'

/** RFC 4180, as Excel opens it by a double click. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(column => column.title),
    ...rows.map(row => columns.map(({ cell }) => cell(row))),
  ]
  return `${BOM}${lines.map(csvLine).join('')}`
}

/** One line with its end, for whoever writes a file line by line. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(written).join(',')}\r\n`
}

function written(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would take for a formula is kept a text, also behind blanks and in full width. */
function harmless(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text
}

// Sweden writes dates as ISO 8601 does.
const CITY_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: CITY_ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** As the city's clock shows it: 2026-11-21 20:45. */
export function cityTime(instant: string): string {
  return CITY_CLOCK.format(new Date(instant))
}

const CITY_SECONDS = new Intl.DateTimeFormat('sv-SE', {
  timeZone: CITY_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** To the second: 2026-11-21 20:45:07. */
export function citySecond(instant: string): string {
  return CITY_SECONDS.format(new Date(instant))
}

export function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 100) / 10
}

export function perCent(fraction: number | null): string | null {
  return fraction === null ? null : `${(fraction * 100).toFixed(2)}%`
}
