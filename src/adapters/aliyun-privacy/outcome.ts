import type { ProviderAnswer, ProviderRefusal } from '../../casework/masking/provider.ts'

export type Failure = Exclude<ProviderAnswer<never>, { kind: 'done' }>

/** Said of what was asked for; the documentation of Dyplsapi and of the gateway before it have these. */
const REFUSED: Readonly<Record<string, ProviderRefusal>> = {
  'isv.ILLEGAL_ARGUMENT': 'bad-request',
  'isv.MOBILE_NUMBER_ILLEGAL': 'bad-request',
  'isv.EXPIRE_DATE_ILLEGAL': 'bad-request',
  'isv.NO_NOT_EXIST': 'bad-request',
  'isv.BIND_CONFLICT': 'number-taken',
  'isv.NO_USED_BY_OTHERS': 'number-taken',
  'isv.NO_AVAILABLE_NUMBER': 'number-taken',
  'isp.RAM_PERMISSION_DENY': 'account',
  'isv.OUT_OF_SERVICE': 'account',
  'isv.PRODUCT_UN_SUBSCRIPT': 'account',
  'isv.PRODUCT_UNSUBSCRIBE': 'account',
  'isv.ACCOUNT_NOT_EXISTS': 'account',
  'isv.ACCOUNT_ABNORMAL': 'account',
  'isv.PARTNER_NOT_EXIST': 'account',
  'isv.PARTNER_IS_CLOSED': 'account',
  'isv.FORBIDDEN_ACTION': 'account',
  SignatureDoesNotMatch: 'account',
  IncompleteSignature: 'account',
}

/** Refused before anything was done. */
const LATER: readonly string[] = [
  'isv.FLOW_LIMIT',
  'isv.BUSINESS_LIMIT_CONTROL',
  'isp.VENDOR_UNAVAILABLE',
  'isv.VENDOR_BIND_FAILED',
  // Drawn or dated anew at the next attempt.
  'SignatureNonceUsed',
  'InvalidTimeStamp.Expired',
]

/** Families: `Throttling.User`, `InvalidAccessKeyId.NotFound`, `MissingPhoneNoA`. */
const FAMILIES: readonly (readonly [RegExp, 'later' | ProviderRefusal])[] = [
  [/^Throttling/, 'later'],
  [/^InvalidAccessKeyId/, 'account'],
  [/^(Forbidden|NoPermission)/, 'account'],
  [/^(InvalidVersion|InvalidAction|InvalidApi|InvalidProduct)/, 'account'],
  [/^(Missing|InvalidParameter)/, 'bad-request'],
]

/**
 * What a code means. What fails inside the carrier (isp.SYSTEM_ERROR, InternalError, any 5xx) may have been done all
 * the same, and so may whatever is said in a word that nobody here knows.
 */
export function failureOf(status: number, code: string): Failure {
  const refusal = REFUSED[code]
  if (refusal !== undefined) return { kind: 'refused', why: refusal, code }
  if (LATER.includes(code)) return { kind: 'later', code }
  const family = FAMILIES.find(([pattern]) => pattern.test(code))?.[1]
  if (family === 'later') return { kind: 'later', code }
  if (family !== undefined) return { kind: 'refused', why: family, code }
  return status === 429 ? { kind: 'later', code } : { kind: 'unknown', code }
}

/** Of the network: nothing had been sent by then. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/

/** What an error of the network means. Only its code is kept: its text may hold what was sent. */
export function networkFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'unknown', code: 'failed' }
  if (error.name === 'TimeoutError') return { kind: 'unknown', code: 'timeout' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code.slice(0, 60) : 'failed'
  return NEVER_SENT.test(code) ? { kind: 'later', code } : { kind: 'unknown', code }
}
