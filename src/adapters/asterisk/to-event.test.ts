import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import type { PbxEvent } from '../../engine/ports.ts'
import { toEvent } from './to-event.ts'

/** What Asterisk 22.10.1 sent in six calls (traces/*.jsonl), and what we are to hear of it. */
const STORIES: Readonly<Record<string, string>> = {
  normal: `
    caller arrived: 13800138000 dialled 12345
    caller prompt-finished: call-1-greeting
    phone-changed: sip 1001 registered
    seat leg-ringing
    seat leg-answered
    caller prompt-finished: call-1-serves
    caller leg-bridged: call-1-bridge
    seat leg-bridged: call-1-bridge
    seat leg-gone: normal
    phone-changed: sip 1001 registered
    caller leg-gone: normal`,
  'left-in-greeting': `
    caller arrived: 13800138000 dialled 12345
    caller prompt-finished: call-1-greeting
    caller leg-gone: normal`,
  'no-answer': `
    caller arrived: 13800138000 dialled 12345
    caller prompt-finished: call-1-greeting
    phone-changed: sip 1001 registered
    seat leg-ringing
    seat leg-gone: no-answer
    phone-changed: sip 1001 registered
    caller leg-gone: normal`,
  busy: `
    caller arrived: 13800138000 dialled 12345
    caller prompt-finished: call-1-greeting
    phone-changed: sip 1001 registered
    seat leg-gone: busy
    phone-changed: sip 1001 registered
    caller leg-gone: normal`,
  hold: `
    caller arrived: 13800138000 dialled 12345
    caller prompt-finished: call-1-greeting
    phone-changed: sip 1001 registered
    seat leg-ringing
    seat leg-answered
    caller prompt-finished: call-1-serves
    caller leg-bridged: call-1-bridge
    seat leg-bridged: call-1-bridge
    seat leg-held
    seat leg-unheld
    seat leg-gone: normal
    phone-changed: sip 1001 registered
    caller leg-gone: normal`,
  outside: `
    outside leg-ringing
    outside leg-answered
    outside digit-pressed: 5
    outside digit-pressed: #
    outside leg-bridged: call-1-bridge
    outside leg-gone: normal
    snoop leg-gone: normal`,
}

test.each(Object.entries(STORIES))('a recorded call is heard: %s', (name, story) => {
  const heard = readTrace(name).flatMap(frame => toEvent(frame, 0) ?? [])
  expect(heard.map(tell)).toEqual(lines(story))
})

describe('the caller', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+8613800138000', '+8613800138000'],
    ['anonymous', ''],
    ['', ''],
    ['"><script>', ''],
    ['1'.repeat(33), ''],
  ])('%j is shown as %j', (number, caller) => {
    const channel = { id: 'leg', state: 'Ring', caller: { number } }
    const event = toEvent({ type: 'StasisStart', args: ['arrived', '12345'], channel }, 7)
    expect(event).toEqual({ type: 'arrived', at: 7, leg: 'leg', caller, dialled: '12345' })
  })
})

describe('time', () => {
  const ringing = { type: 'ChannelStateChange', channel: { id: 'leg', state: 'Ringing' } }

  it("is the PBX's own, whatever its zone", () => {
    const east = toEvent({ ...ringing, timestamp: '2026-11-22T04:59:54.600+0800' }, 7)
    expect(east?.at).toBe(Date.UTC(2026, 10, 21, 20, 59, 54, 600))
  })
  it('is ours where the PBX gives none', () => {
    expect(toEvent(ringing, 7)?.at).toBe(7)
    expect(toEvent({ ...ringing, timestamp: 'soon' }, 7)?.at).toBe(7)
  })
})

it.each([
  [0, 'normal'],
  [16, 'normal'],
  [26, 'normal'],
  [31, 'normal'],
  [17, 'busy'],
  [18, 'no-answer'],
  [19, 'no-answer'],
  [20, 'no-answer'],
  [21, 'rejected'],
  [1, 'unallocated'],
  [22, 'unallocated'],
  [28, 'unallocated'],
  [3, 'failed'],
  [34, 'failed'],
  [undefined, 'failed'],
])('a leg that is gone with Q.850 cause %s: %s', (q850, cause) => {
  const gone = toEvent({ type: 'ChannelDestroyed', cause: q850, channel: { id: 'leg' } }, 7)
  expect(gone).toEqual({ type: 'leg-gone', at: 7, leg: 'leg', cause })
})

it('hears the twelve keys of a telephone and no others', () => {
  const heard = [...'0123456789*#ABCD', '', '55'].flatMap(digit => {
    const event = toEvent({ type: 'ChannelDtmfReceived', digit, channel: { id: 'leg' } }, 7)
    return event === null ? [] : [event]
  })
  expect(heard).toEqual(
    [...'0123456789*#'].map(digit => ({ type: 'digit-pressed', at: 7, leg: 'leg', digit })),
  )
})

it('tells browser and SIP phones apart, and the trunk from both', () => {
  const change = (resource: string, state: string) =>
    toEvent({ type: 'EndpointStateChange', endpoint: { technology: 'PJSIP', resource, state } }, 7)
  expect(change('1001', 'online')).toMatchObject({ seat: '1001', phone: 'sip', registered: true })
  expect(change('1001-web', 'offline')).toMatchObject({ seat: '1001', phone: 'browser', registered: false })
  expect(change('trunk', 'online')).toBeNull()
})

it('passes over what is cut short or unknown, and never throws', () => {
  for (const frame of readTrace('hold')) {
    for (const field of Object.keys(frame).filter(name => name !== 'type' && name !== 'timestamp')) {
      const cut = [null, 7, 'x', [], {}].map(value => toEvent({ ...frame, [field]: value }, 0))
      const whole = toEvent(frame, 0)
      for (const event of cut) if (event !== null) expect(event.type).toBe(whole?.type)
    }
  }
  expect(toEvent({ type: 'NeverHeardOf', channel: { id: 'leg' } }, 0)).toBeNull()
})

function readTrace(name: string) {
  const text = readFileSync(new URL(`traces/${name}.jsonl`, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

function lines(story: string): string[] {
  return story
    .trim()
    .split('\n')
    .map(line => line.trim())
}

function tell(event: PbxEvent): string {
  switch (event.type) {
    case 'phone-changed':
      return `phone-changed: ${event.phone} ${event.seat} ${event.registered ? 'registered' : 'away'}`
    case 'arrived':
      return `${party(event.leg)} arrived: ${event.caller} dialled ${event.dialled}`
    case 'prompt-finished':
      return `${party(event.leg)} prompt-finished: ${event.playback}`
    case 'leg-bridged':
      return `${party(event.leg)} leg-bridged: ${event.bridge}`
    case 'digit-pressed':
      return `${party(event.leg)} digit-pressed: ${event.digit}`
    case 'leg-gone':
      return `${party(event.leg)} leg-gone: ${event.cause}`
    default:
      return `${party(event.leg)} ${event.type}`
  }
}

const PARTIES: Readonly<Record<string, string>> = {
  'call-1-seat-1': 'seat',
  'call-1-out-1': 'outside',
  'call-1-snoop-1': 'snoop',
}

function party(leg: string): string {
  return PARTIES[leg] ?? 'caller'
}
