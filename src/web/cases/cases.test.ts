import { describe, expect, it, test } from 'vitest'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import type { Words } from '../kit/language.tsx'
import { textOf } from '../kit/texts.ts'
import { actOf } from './act-form.ts'
import { undoOf } from './act-undo.ts'
import { EMPTY_ACT, FIELDS, isPlain, missingFields, offered } from './acts.ts'
import { sentenceOf } from './case-words.ts'
import { queryOf, tabsOf } from './tabs.ts'
import { isSoonDue, timeLeft } from './time-left.ts'
import { conditionsOf } from './use-orders.ts'

const t: Words['t'] = (key, ...filling) => textOf('zh', key, ...filling)
const MINUTE = 60_000

describe('the lists of somebody', () => {
  test.each([
    [
      ['order.read-unit', 'unit.handle'],
      ['to-sign', 'in-hand', 'to-call-back', 'all'],
    ],
    [
      ['order.read-all', 'order.review'],
      ['to-review', 'all'],
    ],
    [
      ['order.register', 'order.read-open'],
      ['mine', 'all'],
    ],
    [['order.dispatch'], ['to-dispatch', 'overdue', 'all']],
  ] as const)('with %j are %j', (rights, tabs) => {
    expect(tabsOf({ rights: [...rights] })).toEqual(tabs)
  })

  it('has what waits first due first', () => {
    expect(queryOf('to-sign')).toEqual({ status: 'to-sign', sort: 'due' })
    expect(queryOf('mine')).toEqual({ mine: 'true' })
  })
})

test.each([
  [30_000, '剩 不到 1 分'],
  [29.5 * MINUTE, '剩 29 分'],
  [135 * MINUTE, '剩 2 时 15 分'],
  [49 * 60 * MINUTE, '剩 2 天 1 时'],
  [-3 * MINUTE, '超 3 分'],
])('%d ms are %s', (ms, text) => {
  expect(timeLeft(t, ms)).toBe(text)
})

test('soon due is from yellow on, or in the last fifth where there is no yellow', () => {
  const clock = { startedAt: 0, dueAt: 100, yellowAt: null }
  expect([79, 80].map(now => isSoonDue(now, clock))).toEqual([false, true])
  expect([79, 80].map(now => isSoonDue(now, { ...clock, yellowAt: 50 }))).toEqual([true, true])
})

describe('what can be done', () => {
  const possible = [
    { do: 'note', unit: null },
    { do: 'sign', unit: 'a' },
    { do: 'sign', unit: 'b' },
    { do: 'register', unit: null },
  ]

  it('is each act once, what is done most first, and nothing that has no form', () => {
    expect(offered(possible)).toEqual([
      { name: 'sign', units: ['a', 'b'] },
      { name: 'note', units: [null] },
    ])
  })

  it('is done at once only where there is nothing to say', () => {
    expect(offered(possible).map(isPlain)).toEqual([false, false])
    expect(isPlain({ name: 'sign', units: ['a'] })).toBe(true)
  })

  it('has a button for every act that has a form', () => {
    const all = Object.keys(FIELDS)
    expect(
      offered(all.map(name => ({ do: name, unit: null })))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(all.sort())
  })

  it('asks for what is missing, blanks being nothing', () => {
    const input = { ...EMPTY_ACT, lead: 'a', reason: ' ' }
    expect(missingFields('dispatch', input)).toEqual(['reason'])
    expect(missingFields('ask-hold', { ...EMPTY_ACT, reason: 'x' })).toEqual(['holdKind'])
  })

  it('sends the lead first, and no unit twice', () => {
    expect(actOf('dispatch', { ...EMPTY_ACT, lead: 'a', co: ['b', 'a'], reason: 'x' })).toEqual({
      do: 'dispatch',
      to: [
        { unit: 'a', role: 'lead', person: null },
        { unit: 'b', role: 'co', person: null },
      ],
      reason: 'x',
    })
  })
})

describe('where somebody stood', () => {
  const point = { longitude: 110.35, latitude: 20.03, accuracyM: 12 }

  it('goes with the arrival, which can do without', () => {
    expect(missingFields('arrive', { ...EMPTY_ACT, unit: 'a' })).toEqual([])
    expect(actOf('arrive', { ...EMPTY_ACT, unit: 'a', point })).toEqual({ do: 'arrive', unit: 'a', point })
  })
})

describe('what takes an act back', () => {
  const may = (...acts: string[]) => ({ possible: acts.map(name => ({ do: name, unit: null })) })

  it('is the opposite act, where it is possible', () => {
    expect(undoOf('merge', { mergedInto: null }, may('unmerge'), 'x')).toEqual({ do: 'unmerge', reason: 'x' })
    expect(undoOf('unmerge', { mergedInto: 'b' }, may('merge'), 'x')).toEqual({
      ...{ do: 'merge', into: 'b', reason: 'x' },
    })
  })

  it('is nothing for others, or where somebody may not', () => {
    expect(undoOf('merge', { mergedInto: null }, may('note'), 'x')).toBeNull()
    expect(undoOf('note', { mergedInto: null }, may('unmerge'), 'x')).toBeNull()
  })
})

test('a file is cut by what the list is cut by, in no order of its own', () => {
  const filter = { tab: 'to-sign', text: ' 路灯 ', type: null, priority: 'P1', unit: null } as const
  expect(conditionsOf(filter).toString()).toBe(
    new URLSearchParams({ status: 'to-sign', text: '路灯', priority: 'P1' }).toString(),
  )
})

describe('a line of the timeline', () => {
  const entry = (what: string, detail: TimelineEntry['detail'], kind: 'act' | 'call' = 'act') =>
    sentenceOf(
      { id: '1', at: '', kind, what, by: null, from: null, to: null, why: '', texts: {}, detail, call: null },
      t,
      id => ({ jiaojing: '交警支队', haixiu: '海秀街道' })[id] ?? id,
    )

  test.each([
    [
      'dispatch',
      {
        to: [
          { unit: 'jiaojing', role: 'lead' },
          { unit: 'haixiu', role: 'co' },
        ],
      },
      '派单：主办 交警支队、协办 海秀街道',
    ],
    ['contact', { unit: 'jiaojing', channel: 'phone' }, '交警支队联系市民（电话）'],
    ['answer', { unit: 'jiaojing', solved: false }, '交警支队答复（未解决）'],
    ['supervise', { level: 2 }, '督办：督办'],
    ['ask-override', { to: 'closed' }, '申请特殊流转至“已办结”'],
    ['link', { other: 'b', of: 'a', kind: 'part' }, '有了子单'],
    ['link', { other: 'b', of: 'b', kind: 'part' }, '成为另一工单的子单'],
    ['link', { other: 'b', of: 'a', kind: 'repeat' }, '关联重复反映的工单'],
    ['newer-than-this-page', {}, 'newer-than-this-page'],
  ] as const)('%s %j', (what, detail, text) => {
    expect(entry(what, detail)).toBe(text)
  })

  it('tells of the voice as well', () => {
    expect(entry('answered', {}, 'call')).toBe('接听来电')
  })
})
