import { describe, expect, it, test } from 'vitest'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import type { BindingCall, BindingView } from '../../casework/masking/schema.ts'
import { sentenceOf } from '../cases/case-words.ts'
import type { Words } from '../kit/language.tsx'
import { textOf } from '../kit/texts.ts'
import {
  carrierText,
  changesBetween,
  countdown,
  inThrees,
  paceOf,
  resultText,
  spoken,
  whoText,
} from './binding-words.ts'

const t: Words['t'] = (key, ...filling) => textOf('zh', key, ...filling)
const MINUTE_MS = 60_000

test.each([
  [51 * 60 * MINUTE_MS, '剩 2 天 3 时'],
  [135 * MINUTE_MS, '剩 2 时 15 分'],
  [5 * MINUTE_MS, '剩 5 分'],
  [5 * MINUTE_MS - 1, '剩 4:59'],
  [7_000, '剩 0:07'],
  [0, '已到期'],
  [-1, '已到期'],
])('%d ms before its end a binding says %s', (leftMs, words) => {
  expect(countdown(t, leftMs)).toBe(words)
})

test('what ends within two hours stands out', () => {
  expect([paceOf(120 * MINUTE_MS), paceOf(120 * MINUTE_MS - 1)]).toEqual(['calm', 'soon'])
})

test.each([
  ['482915', '482 915', '四八二，九幺五'],
  ['4829', '482 9', '四八二，九'],
  ['48290715', '482 907 15', '四八二，九零七，幺五'],
  ['071', '071', '零七幺'],
])('the PIN %s is written and read in threes', (pin, written, read) => {
  expect([inThrees(pin), spoken(pin)]).toEqual([written, read])
})

const BINDING: BindingView = {
  id: 'b1',
  order: { id: 'o1', number: '2611220001' },
  unit: { id: 'haixiu', name: '海秀街道办事处' },
  short: '60231',
  carrier: null,
  direction: 'both',
  validFrom: '2026-03-18T01:00:00.000Z',
  validUntil: '2026-03-20T01:00:00.000Z',
  endedAt: null,
  endReason: null,
  state: 'active',
  callsToday: 0,
  mostCallsADay: 10,
  mostTalkMinutes: 30,
  records: true,
  hasPin: false,
  pinLocked: false,
  madeBy: 'dispatch',
  unitPhones: [],
  mayCall: true,
  mayChange: true,
  inCall: false,
  version: 1,
}

describe('what changed meanwhile', () => {
  const now = Date.parse('2026-03-18T03:00:00.000Z')
  const told = (part: Partial<BindingView>) => changesBetween(t, BINDING, { ...BINDING, ...part }, now)

  it('is said part by part', () => {
    expect(told({ validUntil: '2026-03-21T01:00:00.000Z' })).toEqual(['有效期 03-20 09:00 → 03-21 09:00'])
    expect(told({ endedAt: '2026-03-18T02:00:00.000Z', direction: 'to-unit' })).toEqual([
      '已于 03-18 10:00 结束',
      '方向改为“仅市民呼单位”',
    ])
  })
  it('may be that it now has no end but its order’s', () => {
    expect(told({ validUntil: null })).toEqual(['有效期 03-20 09:00 → 工单办结'])
  })
  it('is never said to be nothing', () => {
    expect(told({ version: 2 })).toEqual(['其他内容有变化'])
  })
})

test.each<[NonNullable<BindingView['carrier']>, string]>([
  [{ state: 'bound', problem: null }, '运营商隐私号，双方直接拨打'],
  [{ state: 'binding', problem: 'no-number-free' }, '运营商：隐私号已用尽；稍后自动再试'],
  [{ state: 'bound', problem: 'isv.FLOW_LIMIT' }, '运营商：isv.FLOW_LIMIT；稍后自动再试'],
  [
    { state: 'failed', problem: 'too-late' },
    '运营商不予绑定：有效期内未绑定成功。可结束后重新绑定，仍不行请联系管理员。',
  ],
])('how a binding stands at the carrier: %j is %s', (carrier, words) => {
  expect(carrierText(t, carrier)).toBe(words)
})

const CALL: BindingCall = {
  call: 'c1',
  at: '2026-03-18T02:00:00.000Z',
  from: 'unit',
  by: null,
  result: 'talked',
  stage: null,
  reason: null,
  talkMs: 185_000,
  recording: 'ready',
  mayHear: true,
  keptBy: null,
}

test.each<[Partial<BindingCall>, string]>([
  [{}, '3:05'],
  [{ talkMs: null, stage: 'talking' }, '通话中'],
  [{ result: 'running', talkMs: null, stage: 'citizen' }, '正在呼叫市民'],
  [{ result: 'gave-up', talkMs: null }, '接通前挂断'],
  [{ result: 'not-reached', talkMs: null, reason: 'citizen-not-reached' }, '市民未接听'],
  [{ result: 'refused', talkMs: null, reason: 'mask-too-many' }, '当日通话次数已满'],
])('what came of a call: %j is %s', (part, words) => {
  expect(resultText(t, { ...CALL, ...part })).toBe(words)
})

test.each<[Partial<BindingCall>, string]>([
  [{}, '单位 → 市民'],
  [{ by: '陈秀英' }, '陈秀英 → 市民'],
  [{ from: 'citizen' }, '市民 → 单位'],
  [{ from: null }, '未登记的来电'],
])('who called: %j is %s', (part, words) => {
  expect(whoText(t, { ...CALL, ...part })).toBe(words)
})

test.each([
  ...['mask-bind', 'mask-extend', 'mask-end', 'mask-pin', 'mask-call'].map(what => ['act', what] as const),
  ...['masked', 'masked-talked', 'masked-not-reached', 'masked-gave-up', 'masked-refused'].map(
    what => ['call', what] as const,
  ),
])('the timeline of the order has words for %s %s', (kind, what) => {
  const said = told(kind, what, { short: '95012', unit: 'jiaojing' })
  expect(said).toMatch(/\p{Script=Han}/u)
  // Whose number was bound is what a reader of several wants to know.
  if (kind === 'act') expect(said).toContain('95012 · 交警支队')
})

test.each([
  ['unit', '经短号呼叫市民'],
  ['citizen', '市民经短号呼叫单位'],
  [null, '短号通话呼叫'],
])('the timeline of the order tells who called whom: %s', (from, words) => {
  expect(told('call', 'masked', { from })).toBe(words)
})

/** As the timeline says it. */
function told(kind: 'act' | 'call', what: string, detail: TimelineEntry['detail']): string {
  const nobody = { id: '1', at: CALL.at, by: null, from: null, to: null, why: '', texts: {}, call: null }
  return sentenceOf({ ...nobody, kind, what, detail }, t, () => '交警支队')
}
