import { type Static, Type } from 'typebox'

/** How one may sign in here. */
export const SignInWays = Type.Object({ password: Type.Boolean(), singleSignOn: Type.Boolean() })
export type SignInWays = Static<typeof SignInWays>

/**
 * Why a single sign-on did not come off, as the sign-in page is told in `?sign-in=`: the person or the provider said
 * no, it took too long, something did not match, nobody here is that person, the account is closed, the provider
 * cannot be reached.
 */
export const SIGN_IN_PROBLEMS = [
  'denied',
  'expired',
  'failed',
  'unknown-account',
  'closed-account',
  'unavailable',
] as const
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number]
