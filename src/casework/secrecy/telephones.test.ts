import { expect, test } from 'vitest'
import { WITH_TELEPHONES, WITHOUT_TELEPHONES } from '../../../tests/support/telephone-words.ts'
import { maskTelephones } from './telephones.ts'

test.each(WITH_TELEPHONES)('whoever’s it is, a telephone number is masked: %s', (text, expected) => {
  expect(maskTelephones(text)).toBe(expected)
})

test.each(WITHOUT_TELEPHONES)('other figures stay: %s', text => {
  expect(maskTelephones(text)).toBe(text)
})
