import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '#kernel/time.ts'
import { listOf, mayReach } from './addresses.ts'
import { checkWebhook, drawSecret, signedHeaders, waitAfter } from './rules.ts'

const NONE = listOf([])
const form = (url: string) => ({ url, events: [], active: true, note: '' })
const problem = (url: string, named = NONE) => {
  const checked = checkWebhook(form(url), named)
  return checked.ok ? null : checked.refusal.fields?.url
}

describe('where a webhook may go', () => {
  test.each([
    'https://hooks.example.cn/a?b=c',
    'https://hooks.example.cn:8443/',
    'https://203.0.112.9/',
    'https://[2606:4700::1111]/',
  ])('%s', url => expect(problem(url)).toBeNull())

  test.each([
    ['http://hooks.example.cn/', 'not-https'],
    ['ftp://hooks.example.cn/', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://user:password@hooks.example.cn/', 'wrong-form'],
    ['hooks', 'wrong-form'],
    ['https://localhost/', 'private-address'],
    ['https://a.localhost/', 'private-address'],
    ['https://127.0.0.1/', 'private-address'],
    ['https://2130706433/', 'private-address'],
    ['https://0x7f.1/', 'private-address'],
    ['https://10.1.2.3/', 'private-address'],
    ['https://192.168.0.1/', 'private-address'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address'],
    ['https://100.100.100.200/', 'private-address'],
    ['https://0.0.0.0/', 'private-address'],
    ['https://[::1]/', 'private-address'],
    ['https://[::ffff:10.0.0.1]/', 'private-address'],
    ['https://[fd00::1]/', 'private-address'],
    ['https://[fe80::1]/', 'private-address'],
    ['http://127.0.0.1/', 'private-address'],
  ])('not %s: %s', (url, why) => expect(problem(url)).toBe(why))

  test('a network that the city named is open, and no other', () => {
    const named = listOf(['10.20.0.0/16', '127.0.0.0/8'])
    expect(problem('https://10.20.3.4/', named)).toBeNull()
    expect(problem('https://10.21.3.4/', named)).toBe('private-address')
    expect(problem('http://127.0.0.1:9/', named)).toBeNull()
    expect(problem('http://10.20.3.4/', named)).toBe('not-https')
    expect(mayReach('::ffff:10.20.0.1', named)).toBe(true)
    expect(mayReach('::ffff:a15:1', named)).toBe(false)
  })
})

test('a message is signed as Standard Webhooks 1.0 says', () => {
  const secret = drawSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const headers = signedHeaders(secret, { id: 'one', body: '{"a":1}', at: 1_700_000_000_999 })
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update('one.1700000000.{"a":1}').digest('base64')
  expect(headers).toEqual({
    'content-type': 'application/json',
    'webhook-id': 'one',
    'webhook-timestamp': '1700000000',
    'webhook-signature': `v1,${signature}`,
  })
})

test('the example of Standard Webhooks comes out the same', () => {
  const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    at: 1_614_265_330_000,
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a message is tried over a day, waiting longer each time, and then given up', () => {
  const waits = Array.from({ length: 20 }, (_, i) => waitAfter(i + 1))
  const tried = waits.filter(wait => wait !== null)
  expect(tried).toEqual([...tried].sort((a, b) => a - b))
  const sum = tried.reduce((a, b) => a + b, 0)
  expect(sum).toBeGreaterThan(DAY_MS)
  expect(sum).toBeLessThan(DAY_MS + HOUR_MS)
  expect(waits.slice(tried.length).every(wait => wait === null)).toBe(true)
})
