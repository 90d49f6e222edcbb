import { expect, test } from 'vitest'
import { citySecond, cityTime, perCent, seconds, toCsv } from './csv.ts'

function cellOf(value: string | number | null): string {
  const csv = toCsv([{ title: '列', cell: (row: typeof value) => row }], [value])
  expect(csv.startsWith('\uFEFF列\r\n')).toBe(true)
  return csv.slice('\uFEFF列\r\n'.length, -'\r\n'.length)
}

test.each([
  ['便民热线', '便民热线'],
  ['a,b', '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ['two\nlines', '"two\nlines"'],
  [12, '12'],
  [-1.5, '-1.5'],
  [null, ''],
  ['', ''],
])('%j is written %j', (value, written) => {
  expect(cellOf(value)).toBe(written)
})

test.each(['=1+1', '+8613907551234', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠x', ' =1+1', '\t=1+1'])(
  'the text %j is no formula',
  text => {
    expect(cellOf(text)).toBe(`'${text}`)
  },
)

test('a formula behind a line break, with a comma, is neither a formula nor two cells', () => {
  expect(cellOf('\r=HYPERLINK("x","y")')).toBe(`"'\r=HYPERLINK(""x"",""y"")"`)
})

test('times, durations and fractions as a spreadsheet reads them', () => {
  expect(cityTime('2026-11-21T16:00:00.000Z')).toBe('2026-11-22 00:00')
  expect(citySecond('2026-11-21T16:00:07.900Z')).toBe('2026-11-22 00:00:07')
  expect([seconds(12_345), seconds(0), seconds(null)]).toEqual([12.3, 0, null])
  expect([perCent(0.95), perCent(1), perCent(null)]).toEqual(['95.00%', '100.00%', null])
})
