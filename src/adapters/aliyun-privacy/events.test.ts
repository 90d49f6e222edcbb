import { describe, expect, test } from 'vitest'
import { AliyunEvents } from './events.ts'

const events = new AliyunEvents('the secret of the address', 'FC1234567')
const KEY = '0199a0c0-0000-7000-8000-000000000001'
/** As the documentation of SecretStartReport has it. */
const START = {
  pool_key: 'FC1234567',
  sub_id: 1000000768393849,
  call_id: 'abcdef1234',
  phone_no: '15000000000',
  secret_no: '700100000000001',
  peer_no: '15800000000',
  called_display_no: '700100000000001',
  call_type: 0,
  call_time: '2026-12-01 12:00:00',
  out_id: KEY,
}
const RING = { ...START, ring_time: '2026-12-01 12:00:05' }
const PICK_UP = { ...RING, start_time: '2026-12-01 12:00:12' }
const END = { ...PICK_UP, release_time: '2026-12-01 12:02:00', release_dir: 1, release_cause: 16 }
const RECORDING = {
  pool_key: 'FC1234567',
  subs_id: 1000000768393849,
  call_id: 'abcdef1234',
  call_time: '2026-12-01 12:00:00',
}
const at = (time: string) => Date.parse(`2026-12-01T${time}+08:00`)

describe('a report', () => {
  test('is what it holds', () => {
    const read = events.read([START, RING, PICK_UP, END, RECORDING])
    expect(read.map(event => event.kind)).toEqual([
      'begun',
      'ringing',
      'answered',
      'ended',
      'recording-ready',
    ])
    expect(new Set(read.map(event => event.id)).size).toBe(5)
    expect(read[3]).toEqual({
      id: 'abcdef1234/ended',
      kind: 'ended',
      call: 'abcdef1234',
      subsId: '1000000768393849',
      key: KEY,
      from: 'citizen',
      begunAt: at('12:00:00'),
      ringingAt: at('12:00:05'),
      answeredAt: at('12:00:12'),
      endedAt: at('12:02:00'),
      cause: 16,
    })
    expect(JSON.stringify(read)).not.toContain('15000000000')
  })

  test('of a call that nobody answered has no answer', () => {
    const unanswered = { ...END, start_time: END.release_time, call_type: 1, release_cause: 19 }
    expect(events.read([unanswered])).toMatchObject([{ kind: 'ended', from: 'unit', answeredAt: null }])
  })

  test.each([
    ['a short message', { ...START, call_type: 2 }],
    ['another pool’s', { ...START, pool_key: 'FC7654321' }],
    ['without a call', { ...START, call_id: undefined }],
    ['without a subscription', { ...START, sub_id: null }],
    ['without any time', { ...START, call_time: 'yesterday' }],
    ['empty', {}],
  ])('%s is left out', (_, report) => expect(events.read([report])).toEqual([]))
})

test('only who has the secret is genuine', () => {
  expect(events.isGenuine('the secret of the address')).toBe(true)
  for (const token of ['', 'the secret of the addres', 'The secret of the address'])
    expect(events.isGenuine(token)).toBe(false)
})
