import { expect, test } from 'vitest'
import type { CallNote } from '../../floor/call-records/schema.ts'
import type { Words } from '../kit/language.tsx'
import { textOf } from '../kit/texts.ts'
import { endText, type Names, sentenceOf } from './note-words.ts'

const names: Names = {
  direction: 'inbound',
  agentAt: seat => (seat === '1001' ? '王小雨' : null),
  queue: id => (id === 'general' ? '综合' : null),
}
const t: Words['t'] = (key, ...filling) => textOf('zh', key, ...filling)
type Detail = Readonly<Record<string, unknown>>
const zh = (kind: CallNote['kind'], detail: Detail = {}, others: Partial<Names> = {}) =>
  sentenceOf({ kind, detail }, t, { ...names, ...others })

test.each<[CallNote['kind'], Detail, string]>([
  ['arrived', { dialled: '12345', line: '12345' }, '来电拨打 12345'],
  ['menu', { name: '主菜单', by: null }, '进入 IVR“主菜单”'],
  ['menu', { name: '社保', by: '2' }, '按 2，进入 IVR“社保”'],
  ['queued', { queue: 'general', again: false, reason: 'greeted' }, '进入“综合”队列'],
  ['queued', { queue: 'old', again: true, reason: 'no-answer' }, '回到“old”队列：无人接听'],
  ['escalated', { step: 'overflow', afterMs: 60_000, detail: 'general' }, '等待 1:00：溢出到“综合”队列'],
  ['escalated', { step: 'play', afterMs: 9_000, detail: 'please-wait' }, '等待 0:09：播放“请稍候”'],
  ['bridged', { seat: '1001' }, '与座席 1001（王小雨）接通'],
  ['not-answered', { seat: '1002', reason: 'declined' }, '座席 1002未接听：拒接'],
  ['position-told', { ahead: 3, expectedMs: 95_000 }, '播报：前面 3 人，预计等待 1:35'],
  ['position-told', { ahead: 0, expectedMs: null }, '播报：前面 0 人'],
  [
    'transfer-started',
    { seat: '1001', how: 'consult', target: '13907551234', emergency: false },
    '座席 1001（王小雨）咨询139******34',
  ],
  [
    'transfer-started',
    { seat: '1001', how: 'blind', target: '110', emergency: true },
    '【紧急】座席 1001（王小雨）直接转接给110',
  ],
  ['transferred', { from: '1001', target: '1002' }, '座席 1001（王小雨）转给座席 1002'],
  ['transferred', { from: null, target: '水务局' }, 'IVR 转给水务局'],
  ['rated', { grade: 2 }, '市民评价：满意'],
  ['ended', { result: 'completed', reason: 'hung-up', by: 'caller' }, '结束：挂机（市民）'],
])('%s %j', (kind, detail, sentence) => {
  expect(zh(kind, detail)).toBe(sentence)
})

test('who began the call changes how it begins', () => {
  const detail = { dialled: '12345', line: '12345' }
  expect(zh('arrived', detail, { direction: 'outbound' })).toBe('话务员发起呼叫')
  expect(zh('arrived', detail, { direction: 'call-back' })).toBe('排队回拨开始')
  expect(zh('arrived', { dialled: '999', line: null })).toBe('来电拨打 999，不是热线号码')
})

test('what is newer than the page is shown by its own word', () => {
  expect(sentenceOf({ kind: 'teleported', detail: {} }, t, names)).toBe('teleported')
  expect(zh('not-answered', { seat: '1001', reason: 'asleep' })).toBe('座席 1001（王小雨）未接听：asleep')
  expect(endText(t, 'left-in-queue')).toBe('排队中挂机')
  expect(endText(t, 'asleep')).toBe('asleep')
})
