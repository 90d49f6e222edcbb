import { parentPort, workerData } from 'node:worker_threads'
import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { workbookCell } from './rules.ts'
import type { Workbook } from './workbook.ts'

const { rows }: Workbook = workerData
const [headings = [], ...lines] = rows

const WIDEST = 40

const data: SheetData = [
  headings.map(heading => ({ value: String(heading), type: String, fontWeight: 'bold' })),
  ...lines.map(line => line.map(written)),
]
// As wide as the first rows need; a Chinese character takes two.
const columns = headings.map((heading, i) => {
  const widths = [heading, ...lines.slice(0, 100).map(line => line[i])].map(widthOf)
  return { width: Math.min(WIDEST, Math.max(8, ...widths) + 2) }
})
const bytes = await writeExcelFile(data, { columns, stickyRowsCount: 1 }).toBuffer()
parentPort?.postMessage(bytes)

/** Texts are texts whatever they begin with: never a formula. */
function written(cell: Workbook['rows'][number][number]) {
  const value = workbookCell(cell)
  if (value === null) return null
  return typeof value === 'number' ? { value, type: Number } : { value, type: String }
}

function widthOf(cell: string | number | null | undefined): number {
  return String(cell ?? '').replaceAll(/[^\0-\x7f]/g, '  ').length
}
