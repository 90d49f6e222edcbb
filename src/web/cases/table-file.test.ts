import { expect, test } from 'vitest'
import { nameIn, RowCount } from './table-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('rows are counted across pieces, the headings and lines within quotes left out', () => {
  const count = new RowCount()
  expect(count.add(bytes('单号,内容\r\n1,"两行'))).toBe(0)
  expect(count.add(bytes('\n的""引""话"\r\n2,一行\r\n'))).toBe(2)
})

test('the file is called as the service calls it', () => {
  const disposition = `attachment; filename="work-orders.csv"; filename*=UTF-8''${encodeURIComponent('工单-2026-11-22.csv')}`
  expect(nameIn(disposition)).toBe('工单-2026-11-22.csv')
  expect(nameIn(null)).toBe('export')
})
