import { expect, it } from 'vitest'
import { asksToAnswer } from './auto-answer.ts'

it.each([
  ['<sip:hotline>;answer-after=0', true],
  ['<sip:hotline>; Answer-After = 0 ;x=1', true],
  ['<sip:a>;purpose=icon, <sip:hotline>;answer-after=0', true],
  ['<sip:hotline>;answer-after=05', false],
  ['<sip:hotline>;purpose=icon', false],
  ['', false],
  [undefined, false],
])('%s: %s', (header, asks) => {
  expect(asksToAnswer(header)).toBe(asks)
})
