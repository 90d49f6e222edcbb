import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface Code {
  readonly query: URLSearchParams
  readonly subject: string
}

/** A small OpenID provider on a port of its own: discovery, keys, codes with PKCE, signed ID tokens. */
export class IdentityProvider {
  readonly clientId = 'hotline'
  readonly clientSecret = 'what the provider gave us'
  issuer = ''
  /** Who sits before the provider's page; null says no there. */
  subject: string | null = 'nobody'
  /** What an ID token says otherwise than it should. */
  wrong: object = {}
  /** Signs with a key that it has not published. */
  forges = false
  /** Token requests that it refused, each with the reason. */
  readonly refused: string[] = []
  private readonly key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  private readonly other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  private readonly codes = new Map<string, Code>()
  private server: Server | null = null
  private port = 0

  /** Again on the same port, once it has had one. */
  async start(): Promise<void> {
    const server = createServer((request, reply) => {
      this.answer(request, reply).catch(error => reply.writeHead(500).end(String(error)))
    })
    server.listen(this.port, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    this.port = port
    this.issuer = `http://127.0.0.1:${port}`
    this.server = server
  }

  async stop(): Promise<void> {
    const { server } = this
    if (server === null) return
    this.server = null
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }

  private async answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer)
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return json(reply, 200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        })
      case '/keys':
        return json(reply, 200, {
          keys: [{ ...this.key.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
        })
      case '/authorize':
        return this.authorize(searchParams, reply)
      case '/token':
        return this.token(request, reply)
      default:
        return json(reply, 404, {})
    }
  }

  private authorize(query: URLSearchParams, reply: ServerResponse): void {
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    if (this.subject === null) {
      back.searchParams.set('error', 'access_denied')
    } else {
      const code = randomUUID()
      this.codes.set(code, { query, subject: this.subject })
      back.searchParams.set('code', code)
    }
    reply.writeHead(302, { location: back.href }).end()
  }

  private async token(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request))
    const given = this.codes.get(form.get('code') ?? '')
    this.codes.delete(form.get('code') ?? '')
    const problem = this.problemWith(form, given, request.headers.authorization)
    if (given === undefined || problem !== null) {
      this.refused.push(problem ?? 'code')
      return json(reply, 400, { error: 'invalid_grant' })
    }
    json(reply, 200, { access_token: randomUUID(), token_type: 'Bearer', id_token: this.idToken(given) })
  }

  private problemWith(
    form: URLSearchParams,
    code: Code | undefined,
    auth: string | undefined,
  ): string | null {
    if (code === undefined) return 'code'
    const pair = `${encodeURIComponent(this.clientId)}:${encodeURIComponent(this.clientSecret).replace(/%20/g, '+')}`
    if (auth !== `Basic ${btoa(pair)}`) return 'client'
    if (form.get('redirect_uri') !== code.query.get('redirect_uri')) return 'redirect'
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const asked = [code.query.get('code_challenge_method'), code.query.get('code_challenge')]
    return asked[0] === 'S256' && asked[1] === challenge ? null : 'verifier'
  }

  private idToken({ query, subject }: Code): string {
    const now = Math.floor(Date.now() / 1_000)
    const claims = {
      ...{ iss: this.issuer, aud: this.clientId, sub: subject, nonce: query.get('nonce') },
      ...{ iat: now, exp: now + 60 },
      ...this.wrong,
    }
    const content = [{ alg: 'RS256', kid: 'one' }, claims].map(encoded).join('.')
    const { privateKey } = this.forges ? this.other : this.key
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function json(reply: ServerResponse, status: number, body: object): void {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
