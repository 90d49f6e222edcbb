import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  let out = ''
  write(createLog('debug', { write: (line: string) => (out += line) }))
  return out
}

test('no phone number comes through in full, wherever it stands', () => {
  const number = '13907551234'
  const out = lines(log => {
    log.info({ caller: number }, 'arrived')
    log.info({ pop: { callerNumber: number } }, 'popped')
    log.info(
      { from: `sip:${number}@127.0.0.2`, error: new Error(`no route to ${number}`) },
      `call of ${number}`,
    )
    log.info({ text: '+8613907551234 and 089866123456 and 66123456' }, 'free text')
    log.info({ caller: '66123456' }, 'local number')
  })
  expect(out.split('\n')).toHaveLength(6)
  expect(out).not.toContain(number)
  expect(out).not.toContain('089866123456')
  expect(out).not.toContain('"caller":"66123456"')
  expect(out).toContain('139******34')
})

test('secrets are hidden', () => {
  const out = lines(log => {
    log.info({ password: 'open sesame', headers: { cookie: 'hotline_session=abc' } }, 'sign-in')
  })
  expect(out).not.toMatch(/sesame|abc/)
})

test('the call id and other long numbers stay whole, on every line of a child', () => {
  const call = '0190aaaa-bbbb-7ccc-8ddd-013912345678'
  const out = lines(log => {
    const child = log.child({ call })
    child.info({ order: '261121205800000042', at: 1_763_758_123_456 }, 'one')
    child.warn('two')
  })
  expect(out.match(new RegExp(call, 'g'))).toHaveLength(2)
  expect(out).toContain('261121205800000042')
  expect(out).toContain('1763758123456')
})
