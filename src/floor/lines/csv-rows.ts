/** One row of a file: its cells, and the line of the file on which it begins, counted from 1. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

/**
 * RFC 4180 with commas, or with tabs when the first line has one: what is copied out of a spreadsheet. Blank lines
 * are left out, and so are the blanks around a cell and the apostrophe that keeps a spreadsheet from calculating.
 */
export function csvRows(text: string): readonly CsvRow[] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = /^[^\r\n]*\t/.test(source) ? '\t' : ','
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endRow = () => {
    cells.push(plain(cell))
    if (cells.some(one => one !== '')) rows.push({ row: began, cells })
    cells = []
    cell = ''
  }
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i] ?? ''
    if (sign === '\n') line += 1
    if (quoted && sign === '"' && source[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (sign === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted
    } else if (quoted || (sign !== separator && sign !== '\n')) {
      cell += sign
    } else if (sign === separator) {
      cells.push(plain(cell))
      cell = ''
    } else {
      endRow()
      began = line
    }
  }
  endRow()
  return rows
}

function plain(cell: string): string {
  return cell.trim().replace(/^'/, '')
}
