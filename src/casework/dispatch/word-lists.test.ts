import { describe, expect, it } from 'vitest'
import { checkWords } from './word-lists.ts'

const STANDS = { 'P0-119': ['着火', '浓烟'], P1: ['停水'], '1-04-002': ['路灯'] }
const CATEGORIES = new Set(['1-04-002', '1-04-003'])
const check = (change: Record<string, string[]>) => checkWords(change, STANDS, CATEGORIES)
const problems = (change: Record<string, string[]>) => {
  const checked = check(change)
  return checked.ok ? {} : checked.refusal.fields
}

describe('words', () => {
  it('are taken without blanks around them; an empty list is none', () => {
    expect(check({ P2: [' 媒体 '], '1-04-002': [] })).toEqual({
      ok: true,
      value: { P2: ['媒体'], '1-04-002': [] },
    })
  })
  it('may tell of several categories', () => {
    expect(problems({ '1-04-003': ['路灯'] })).toEqual({})
  })
  it('tell of one urgency only, in whichever list that stands or comes', () => {
    expect(problems({ P1: ['停水', '着 火'] })).toEqual({ 'P1.1': 'other-urgency' })
    expect(problems({ P1: ['记者'], P2: ['记者'] })).toEqual({
      'P1.0': 'other-urgency',
      'P2.0': 'other-urgency',
    })
  })
  it('move from one urgency to another at once', () => {
    expect(problems({ 'P0-119': ['着火'], P1: ['停水', '浓烟'] })).toEqual({})
  })
  it('are neither single characters, nor sentences, nor there twice however they are spelt', () => {
    expect(problems({ P2: ['火', 'ＡＢ', 'ab', '长'.repeat(21), '   '] })).toEqual({
      'P2.0': 'too-short',
      'P2.2': 'repeated',
      'P2.3': 'too-long',
      'P2.4': 'too-short',
    })
  })
  it('belong to a category that there is', () => {
    expect(problems({ '9-99': ['路灯'], P0: ['着火'] })).toEqual({ '9-99': 'unknown', P0: 'unknown' })
  })
})
