import { describe, expect, test } from 'vitest'
import { asId, type CallId, type StaffId } from '#kernel/ids.ts'
import {
  encodedWhole,
  judgeRaw,
  lengthDiffers,
  mayHear,
  RAW_PATIENCE_MS,
  rawDurationMs,
  recordingName,
  streamSerial,
} from './rules.ts'

const CALL: CallId = asId('0196f0a0-1111-7222-8333-44445555fedc')

test('a second of raw stereo is 32,000 bytes', () => {
  expect(rawDurationMs(32_000)).toBe(1_000)
})

test.each([
  // recorded, talked, differs: half a second in a short talk, 3 % in a middling one, two seconds in a long one
  [5_500, 5_000, false],
  [4_499, 5_000, true],
  [29_100, 30_000, false],
  [29_099, 30_000, true],
  [602_000, 600_000, false],
  [597_999, 600_000, true],
  [0, 400, false],
])('%i ms recorded of a talk of %i ms differs: %s', (recorded, talked, differs) => {
  expect(lengthDiffers(recorded, talked)).toBe(differs)
})

test('encoding may lose or add a tenth of a second', () => {
  expect(encodedWhole(10_100, 10_000)).toBe(true)
  expect(encodedWhole(9_899, 10_000)).toBe(false)
})

describe('the raw file', () => {
  const ENDED = 1_700_000_000_000
  const call = { endedAt: ENDED, talkMs: 10_000 }
  const raw = (bytes: number, changedAt = ENDED) => ({ name: 'leg.raw', bytes, changedAt })
  const soon = ENDED + 2_000
  const late = ENDED + RAW_PATIENCE_MS + 1

  test.each([
    ['whole and closed', raw(320_000), soon, { do: 'encode', rawMs: 10_000 }],
    ['whole, changed just now', raw(320_000, soon - 999), soon, { do: 'wait' }],
    ['still written long after the call', raw(320_000, late - 999), late, { do: 'wait' }],
    ['short', raw(160_000), soon, { do: 'wait' }],
    ['short for good', raw(160_000), late, { do: 'encode', rawMs: 5_000 }],
    ['a little short', raw(305_000), soon, { do: 'encode' }],
    ['longer than the talk', raw(640_000), soon, { do: 'encode', rawMs: 20_000 }],
    ['missing', null, soon, { do: 'wait' }],
    ['missing for good', null, late, { do: 'give-up' }],
    ['empty', raw(0), soon, { do: 'wait' }],
    ['empty for good', raw(3), late, { do: 'give-up' }],
  ])('%s', (_, file, now, verdict) => {
    expect(judgeRaw(file, call, now)).toMatchObject(verdict)
  })
})

test("a recording lies in its day's folder, the city's day, under the call's id", () => {
  expect(recordingName(CALL, new Date('2026-11-20T15:59:59Z'))).toBe(`2026/11/20/${CALL}.ogg`)
  expect(recordingName(CALL, new Date('2026-11-20T16:00:00Z'))).toBe(`2026/11/21/${CALL}.ogg`)
})

test('the stream serial is a positive 31-bit number of the call alone', () => {
  expect(streamSerial(CALL)).toBe(0x5555_fedc)
  expect(streamSerial(asId('0196f0a0-1111-7222-8333-4444ffffffff'))).toBe(0x7fff_ffff)
})

test('whoever took part in the call may hear it, and those whose work it is', async () => {
  const [own, other]: [StaffId, StaffId] = [asId('a'), asId('b')]
  const yes = async () => true
  const no = async () => false
  expect(await mayHear({ id: own, role: 'agent' }, { staff: own }, no)).toBe(true)
  expect(await mayHear({ id: other, role: 'agent' }, { staff: own }, yes)).toBe(true)
  expect(await mayHear({ id: other, role: 'agent' }, { staff: own }, no)).toBe(false)
  expect(await mayHear({ id: other, role: 'agent' }, { staff: null }, no)).toBe(false)
  for (const role of ['shift-lead', 'quality', 'admin'] as const) {
    expect(await mayHear({ id: other, role }, { staff: own }, no)).toBe(true)
  }
})
