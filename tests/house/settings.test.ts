import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, WrongSettings } from '../../src/config.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (problem) {
    if (problem instanceof WrongSettings) return problem.problems
    throw problem
  }
  return []
}

test('no settings at all is a whole configuration', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    httpHost: '127.0.0.1',
    httpPort: 12345,
    dataDir: resolve('data'),
    cacheDir: join(homedir(), '.cache/hotline-12345'),
    recordingDir: resolve('data/recordings'),
    databaseUrl: null,
    trunkAddresses: ['127.0.0.2'],
    trunkUri: null,
    ariUrl: 'http://127.0.0.1:8088',
    ariPassword: null,
    phoneWsUrl: 'ws://127.0.0.1:8088/ws',
    firstSeat: 1001,
    seatCount: 200,
    secureCookies: false,
    demoCity: true,
    logLevel: 'info',
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('what follows from another setting follows it, unless it is given', () => {
  const moved = readConfig({ HOTLINE_DATA_DIR: '/srv/hotline', HOTLINE_PBX_HTTP_PORT: '9000' })
  expect(moved.recordingDir).toBe('/srv/hotline/recordings')
  expect(moved.ariUrl).toBe('http://127.0.0.1:9000')
  expect(moved.phoneWsUrl).toBe('ws://127.0.0.1:9000/ws')
  const given = readConfig({ HOTLINE_DATA_DIR: '/srv/hotline', HOTLINE_RECORDING_DIR: '/mnt/recordings' })
  expect(given.recordingDir).toBe('/mnt/recordings')
})

test('an empty value is the default, a list is split, spaces do not matter', () => {
  const config = readConfig({ HOTLINE_HTTP_PORT: '', HOTLINE_TRUNK_ADDRESSES: ' 10.0.0.1, 10.1.0.0/16 ,' })
  expect(config.httpPort).toBe(12345)
  expect(config.trunkAddresses).toEqual(['10.0.0.1', '10.1.0.0/16'])
})

test('every wrong value is named, all at once', () => {
  const problems = problemsOf({
    HOTLINE_HTTP_PORT: 'http',
    HOTLINE_SIP_PORT: '65536',
    HOTLINE_SEAT_COUNT: '1.5',
    HOTLINE_SECURE_COOKIES: 'true',
    HOTLINE_LOG_LEVEL: 'verbose',
  })
  expect(problems).toEqual([
    'HOTLINE_HTTP_PORT is "http"; it takes a whole number from 1 to 65535',
    'HOTLINE_SIP_PORT is "65536"; it takes a whole number from 1 to 65535',
    'HOTLINE_SEAT_COUNT is "1.5"; it takes a whole number from 1 to 1000',
    'HOTLINE_SECURE_COOKIES is "true"; it takes yes, no',
    'HOTLINE_LOG_LEVEL is "verbose"; it takes debug, info, warn, error',
  ])
})

test('what may be called outside', () => {
  expect(readConfig({}).deniedPrefixes).toContain('00')
  expect(readConfig({ HOTLINE_DENIED_PREFIXES: '168, 160' }).deniedPrefixes).toEqual(['168', '160'])
  expect(readConfig({ HOTLINE_DENIED_PREFIXES: 'none' }).deniedPrefixes).toEqual([])
  expect(problemsOf({ HOTLINE_DENIED_PREFIXES: '00,+', HOTLINE_MAIN_LINE: '12345#' })).toEqual([
    'HOTLINE_MAIN_LINE is "12345#"; it takes the digits of a line',
    'HOTLINE_DENIED_PREFIXES holds "+", which is no beginning of a number',
  ])
})

test('a name that is no setting is a typing slip and is named', () => {
  expect(problemsOf({ HOTLINE_HTP_PORT: '80', PATH: '/bin' })).toEqual(['HOTLINE_HTP_PORT is not a setting'])
})

test.each([
  'sip:10.0.0.1:5060',
  'sip:carrier.example',
  'sip:10.0.0.1;transport=tcp',
  'sip:[2001:db8::1]:5060',
])('calls outside go to %s', uri => expect(readConfig({ HOTLINE_TRUNK_URI: uri }).trunkUri).toBe(uri))

test.each(['10.0.0.1:5060', 'sip:12345@10.0.0.1', 'sip:10.0.0.1;lr', 'sip:10.0.0.1\ncontact=sip:10.0.0.2'])(
  'calls outside do not go to %j',
  uri => expect(problemsOf({ HOTLINE_TRUNK_URI: uri })).toHaveLength(1),
)

test('too few RTP ports are refused', () => {
  expect(problemsOf({ HOTLINE_RTP_PORT_MIN: '20000', HOTLINE_RTP_PORT_MAX: '20098' })).toHaveLength(1)
  expect(problemsOf({ HOTLINE_RTP_PORT_MIN: '20000', HOTLINE_RTP_PORT_MAX: '20099' })).toEqual([])
})

const SIGN_ON = {
  HOTLINE_OIDC_ISSUER: 'https://id.city.example',
  HOTLINE_OIDC_CLIENT_ID: 'hotline',
  HOTLINE_OIDC_CLIENT_SECRET: 'a secret',
  HOTLINE_OIDC_REDIRECT_URL: 'https://12345.city.example',
}

test('a single sign-on is set up whole, over TLS, or not at all', () => {
  expect(readConfig({}).singleSignOn).toBeNull()
  expect(readConfig({ ...SIGN_ON, HOTLINE_LOCAL_SIGN_IN: 'no' })).toMatchObject({
    localSignIn: false,
    singleSignOn: { issuer: 'https://id.city.example', publicUrl: 'https://12345.city.example' },
  })
  expect(problemsOf({ HOTLINE_OIDC_ISSUER: 'http://127.0.0.1:9000' })).toEqual([
    'HOTLINE_OIDC_CLIENT_ID is not set, which HOTLINE_OIDC_ISSUER needs',
    'HOTLINE_OIDC_CLIENT_SECRET is not set, which HOTLINE_OIDC_ISSUER needs',
    'HOTLINE_OIDC_REDIRECT_URL is not set, which HOTLINE_OIDC_ISSUER needs',
  ])
  const wrong = { HOTLINE_OIDC_ISSUER: 'http://127.city.example', HOTLINE_OIDC_REDIRECT_URL: 'here' }
  expect(problemsOf({ ...SIGN_ON, ...wrong })).toEqual([
    'HOTLINE_OIDC_ISSUER does not begin with https:// (http:// only on this machine)',
    'HOTLINE_OIDC_REDIRECT_URL is no address such as https://12345.example',
  ])
  expect(problemsOf({ HOTLINE_LOCAL_SIGN_IN: 'no' })).toEqual([
    'HOTLINE_LOCAL_SIGN_IN is no, and without HOTLINE_OIDC_ISSUER nobody could sign in',
  ])
})

const CARRIER = {
  HOTLINE_MASK_PROVIDER: 'aliyun',
  HOTLINE_MASK_ACCESS_KEY_ID: 'key',
  HOTLINE_MASK_ACCESS_KEY_SECRET: 'a secret',
  HOTLINE_MASK_POOL_KEY: 'FC1234567',
  HOTLINE_MASK_NUMBERS: '17000000001, 700100000000001-700100000000003',
  HOTLINE_MASK_CALLBACK_TOKEN: '0123456789abcdef',
}

test('a carrier’s numbers are set up whole, over TLS, in forms that are data, or not at all', () => {
  expect(readConfig({}).maskCarrier).toBeNull()
  expect(readConfig(CARRIER).maskCarrier).toMatchObject({
    account: { endpoint: 'https://dyplsapi.aliyuncs.com', poolKey: 'FC1234567' },
    numbers: ['17000000001', '700100000000001', '700100000000002', '700100000000003'],
    restHours: 24,
  })
  expect(problemsOf({ HOTLINE_MASK_PROVIDER: 'aliyun' })).toEqual(
    ['NUMBERS', 'ACCESS_KEY_ID', 'ACCESS_KEY_SECRET', 'POOL_KEY', 'CALLBACK_TOKEN'].map(
      name => `HOTLINE_MASK_${name} is not set, which HOTLINE_MASK_PROVIDER needs`,
    ),
  )
  const wrong = {
    HOTLINE_MASK_ENDPOINT: 'http://dyplsapi.aliyuncs.com',
    HOTLINE_MASK_NUMBER_FORMS: '700+13,1',
    HOTLINE_MASK_CALLBACK_TOKEN: 'short',
  }
  expect(problemsOf({ ...CARRIER, ...wrong })).toEqual([
    'HOTLINE_MASK_NUMBER_FORMS holds "1", which is no form such as 700+12',
    'HOTLINE_MASK_NUMBERS holds "17000000001", which is no number or range of a known form',
    'HOTLINE_MASK_NUMBERS holds "700100000000001-700100000000003", which is no number or range of a known form',
    'HOTLINE_MASK_ENDPOINT does not begin with https:// (http:// only on this machine)',
    'HOTLINE_MASK_CALLBACK_TOKEN is shorter than 16 characters',
  ])
  const newRule = { HOTLINE_MASK_NUMBER_FORMS: '700+13', HOTLINE_MASK_NUMBERS: '7001000000000001' }
  expect(readConfig({ ...CARRIER, ...newRule }).maskCarrier?.numbers).toEqual(['7001000000000001'])
  const standIn = { ...CARRIER, HOTLINE_MASK_ENDPOINT: 'http://127.0.0.1:44000' }
  expect(readConfig(standIn).maskCarrier?.account.endpoint).toBe('http://127.0.0.1:44000')
})
