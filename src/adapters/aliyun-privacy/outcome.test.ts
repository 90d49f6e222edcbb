import { describe, expect, test } from 'vitest'
import { failureOf, networkFailure } from './outcome.ts'

describe('what a code of the carrier means', () => {
  test.each([
    ['isv.MOBILE_NUMBER_ILLEGAL', 'refused bad-request'],
    ['isv.EXPIRE_DATE_ILLEGAL', 'refused bad-request'],
    ['isv.NO_NOT_EXIST', 'refused bad-request'],
    ['MissingPhoneNoA', 'refused bad-request'],
    ['isv.BIND_CONFLICT', 'refused number-taken'],
    ['isv.NO_AVAILABLE_NUMBER', 'refused number-taken'],
    ['isv.OUT_OF_SERVICE', 'refused account'],
    ['isp.RAM_PERMISSION_DENY', 'refused account'],
    ['SignatureDoesNotMatch', 'refused account'],
    ['InvalidAccessKeyId.NotFound', 'refused account'],
    ['Forbidden.RAM', 'refused account'],
    ['Throttling', 'later'],
    ['Throttling.User', 'later'],
    ['isv.FLOW_LIMIT', 'later'],
    ['isp.VENDOR_UNAVAILABLE', 'later'],
    ['SignatureNonceUsed', 'later'],
    ['isp.SYSTEM_ERROR', 'unknown'],
    ['isp.UNKNOWN_ERR_CODE', 'unknown'],
    ['isp.DAO_EXCEPTION', 'unknown'],
    ['isv.SOMETHING_NEW', 'unknown'],
  ])('%s: %s', (code, meaning) => {
    const failure = failureOf(code.startsWith('is') ? 200 : 400, code)
    expect(failure.code).toBe(code)
    expect(failure.kind === 'refused' ? `refused ${failure.why}` : failure.kind).toBe(meaning)
  })

  test.each([
    [503, 'ServiceUnavailable', 'unknown'],
    [500, 'InternalError', 'unknown'],
    [503, 'Throttling.Api', 'later'],
    [429, 'slower', 'later'],
  ])('%i %s: %s', (status, code, kind) => expect(failureOf(status, code)).toEqual({ kind, code }))
})

describe('what the network did', () => {
  const failed = (code: string) => Object.assign(new Error('POST with 13907551234 failed'), { code })
  test.each([
    ['ECONNREFUSED', 'later'],
    ['ENOTFOUND', 'later'],
    ['UND_ERR_CONNECT_TIMEOUT', 'later'],
    ['CERT_HAS_EXPIRED', 'later'],
    ['ECONNRESET', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['UND_ERR_HEADERS_TIMEOUT', 'unknown'],
  ])('%s: %s', (code, kind) => expect(networkFailure(failed(code))).toEqual({ kind, code }))

  test('a deadline that passed leaves it open', () => {
    expect(networkFailure(new DOMException('late', 'TimeoutError'))).toEqual({
      kind: 'unknown',
      code: 'timeout',
    })
  })
})
