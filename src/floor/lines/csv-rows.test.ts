import { expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'

const cells = (text: string) => csvRows(text).map(row => row.cells)

test.each([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '\uFEFFa,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"a,b","c ""d"""\n', [['a,b', 'c "d"']]],
  [
    'a\tb,c\nd\te',
    [
      ['a', 'b,c'],
      ['d', 'e'],
    ],
  ],
  [" a , 'b ,\n,,\n\n", [['a', 'b', '']]],
  ['', []],
])('%j', (text, rows) => {
  expect(cells(text)).toEqual(rows)
})

test('a row is known by the line of the file on which it begins', () => {
  expect(csvRows('a,b\n\n"c\nd",e\nf,g').map(({ row, cells: [first] }) => [row, first])).toEqual([
    [1, 'a'],
    [3, 'c\nd'],
    [5, 'f'],
  ])
})
