import { describe, expect, test } from 'vitest'
import { fitsForm, type NumberForm, parseForm, parseNumbers } from './provider-numbers.ts'

const formsOf = (...texts: string[]): NumberForm[] =>
  texts.map(text => {
    const form = parseForm(text)
    if (form === null) throw new Error(`${text} is no form`)
    return form
  })
const FORMS = formsOf('1+10', '700+12', '95+6')

describe('the form of a number is data', () => {
  test.each([
    ['13907551234', true],
    ['17000000001', true],
    ['700123456789012', true],
    ['95123456', true],
    ['70012345678901', false],
    ['7001234567890123', false],
    ['70012345678', false],
    ['1390755123', false],
    ['089866668888', false],
    ['+8613907551234', false],
    ['', false],
  ])('%s: %s', (number, fits) => expect(fitsForm(number, FORMS)).toBe(fits))

  test('a city that knows no 700 takes none, and one with a new rule needs no release', () => {
    expect(fitsForm('700123456789012', formsOf('1+10'))).toBe(false)
    expect(fitsForm('8612345678', formsOf('86+8'))).toBe(true)
  })

  test.each(['', '700', '700+', '+12', '700+12+1', '700 + 12', 'x+1', '700+18'])('%j is no form', text =>
    expect(parseForm(text)).toBeNull(),
  )
})

describe('numbers bought', () => {
  test('one, or a range with both ends, of 15 digits as well', () => {
    expect(parseNumbers('17000000001', FORMS)).toEqual(['17000000001'])
    expect(parseNumbers('700100000000008-700100000000011', FORMS)).toEqual([
      '700100000000008',
      '700100000000009',
      '700100000000010',
      '700100000000011',
    ])
  })

  test.each([
    '17000000002-17000000001',
    '17000000001-700100000000011',
    '12345',
    '17000000001-',
    '17000000001-17000000002-17000000003',
    '10000000000-19999999999',
  ])('%j is neither', text => expect(parseNumbers(text, FORMS)).toBeNull())
})
