import * as oidc from 'openid-client'
import { HOUR_MS } from '#kernel/time.ts'
import { CALLBACK_PATH, isLoopback, PENDING_MS, type Pending } from './rules.ts'

export interface SingleSignOnSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where browsers find this service. */
  readonly publicUrl: string
}

/** Each request to the provider: somebody waits before the sign-in page. */
const TIMEOUT_S = 5
/** Endpoints and keys move now and then. */
const FRESH_MS = HOUR_MS

/** The city's OpenID provider. It is first asked when somebody signs in: one that is down stops nothing else. */
export class Provider {
  private readonly settings: SingleSignOnSettings
  private readonly callbackUrl: string
  private found: { readonly at: number; readonly config: Promise<oidc.Configuration> } | null = null

  constructor(settings: SingleSignOnSettings) {
    this.settings = settings
    this.callbackUrl = `${settings.publicUrl.replace(/\/+$/, '')}${CALLBACK_PATH}`
  }

  /** @throws whatever keeps the provider from answering */
  async begin(): Promise<{ readonly url: URL; readonly pending: Pending }> {
    const config = await this.discovered()
    const pending: Pending = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      until: Date.now() + PENDING_MS,
    }
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.callbackUrl,
      scope: 'openid',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    })
    return { url, pending }
  }

  /**
   * @param search the query with which the provider sent somebody back
   * @returns who it is to the provider
   * @throws what does not fit, or keeps the provider from answering
   */
  async finish(search: string, { state, nonce, verifier }: Pending): Promise<string> {
    const config = await this.discovered()
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
    const tokens = await oidc.authorizationCodeGrant(config, new URL(search, this.callbackUrl), {
      ...checks,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('an ID token that was checked is gone')
    return claims.sub
  }

  private discovered(): Promise<oidc.Configuration> {
    const now = Date.now()
    if (this.found === null || now - this.found.at > FRESH_MS) {
      const config = this.discover()
      this.found = { at: now, config }
      config.catch(() => {
        if (this.found?.config === config) this.found = null
      })
    }
    return this.found.config
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings
    const url = new URL(issuer)
    // The signature is checked even of a token that came straight from the provider.
    const execute = [oidc.enableNonRepudiationChecks]
    if (isLoopback(url)) execute.push(oidc.allowInsecureRequests)
    return oidc.discovery(url, clientId, {}, asSupported(clientSecret), { execute, timeout: TIMEOUT_S })
  }
}

/** The standard's default is the header; many providers of cities take the secret in the body alone. */
function asSupported(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const auth = methods.includes('client_secret_basic') ? basic : post
    auth(server, client, body, headers)
  }
}

/** The provider is silent or broken, rather than saying no. */
export function isAway(error: unknown): boolean {
  if (error instanceof oidc.ClientError) {
    return ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code ?? '')
  }
  return error instanceof TypeError && error.message === 'fetch failed'
}

export function isDenied(error: unknown): boolean {
  return error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied'
}

/** One word for the log and the records: nothing of what was sent or answered. */
export function reasonOf(error: unknown): string {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError) {
    return KNOWN_ERROR.test(error.error) ? error.error : error.code
  }
  if (error instanceof oidc.ClientError && error.code !== undefined) return error.code
  return error instanceof Error ? error.name : 'unknown'
}

const KNOWN_ERROR = /^[a-z_]{1,40}$/
