import type { ProblemCode } from './api-types.ts'
import { serverClock } from './server-clock.ts'

/** The service said no, or could not be asked. `retryAfterS` comes with `too-many-attempts`, `fields` with `bad-input`. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly retryAfterS: number | null
  /** With `bad-input`: what is wrong with each field, by its name. */
  readonly fields: Readonly<Record<string, string>>
  constructor(
    code: ProblemCode,
    message: string,
    retryAfterS: number | null = null,
    fields: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.code = code
    this.retryAfterS = retryAfterS
    this.fields = fields
  }
}

export interface Answer<Body> {
  readonly body: Body
  /** As the service gave it, to be given back in If-Match. */
  readonly etag: string | null
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** A Blob or a form with files is sent as it is, anything else as JSON. */
  readonly body?: unknown
  readonly ifMatch?: string
  /** Sent again under the same key, a wish is done once. */
  readonly idempotencyKey?: string
}

/** @throws Problem for every answer but 2xx, and when there is no answer at all. */
export async function ask<Body>(path: string, request: Request = {}): Promise<Answer<Body>> {
  const sentAt = Date.now()
  const response = await send(path, request)
  serverClock.learn(response.headers.get('date'), sentAt, Date.now())
  if (!response.ok) throw await problemOf(response)
  const body = response.status === 204 ? undefined : await readJson(response)
  return { body, etag: response.headers.get('etag') }
}

export async function get<Body>(path: string): Promise<Body> {
  return (await ask<Body>(path)).body
}
/** The body, or null when the service refuses with one of `codes`: an answer, not a failure. */
export async function getOrNull<Body>(path: string, ...codes: readonly string[]): Promise<Body | null> {
  try {
    return await get<Body>(path)
  } catch (error) {
    if (error instanceof Problem && codes.includes(error.code)) return null
    throw error
  }
}
export async function post<Body>(path: string, body?: unknown): Promise<Body> {
  return (await ask<Body>(path, { method: 'POST', body })).body
}
export async function remove(path: string): Promise<void> {
  await ask(path, { method: 'DELETE' })
}

export function codeOf(error: unknown): ProblemCode {
  return error instanceof Problem ? error.code : 'unexpected'
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null
  return body instanceof Blob || body instanceof FormData ? body : JSON.stringify(body)
}

async function send(
  path: string,
  { method = 'GET', body, ifMatch, idempotencyKey }: Request,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  // The browser itself names the boundary of a form.
  if (body !== undefined && !(body instanceof FormData)) {
    headers['content-type'] = body instanceof Blob ? body.type : 'application/json'
  }
  if (ifMatch !== undefined) headers['if-match'] = ifMatch
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  try {
    return await fetch(path, {
      method,
      headers,
      body: bodyOf(body),
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch (error) {
    throw new Problem('unreachable', String(error))
  }
}

/** What the service said no with, as it stands in an answer that was not read yet. */
export async function problemOf(response: Response): Promise<Problem> {
  const retryAfterS = Number(response.headers.get('retry-after') ?? 'NaN')
  // A proxy in front answers in HTML when the service is away.
  const body = await response.json().catch(() => null)
  const code =
    typeof body?.code === 'string' ? body.code : response.status >= 502 ? 'unreachable' : 'unexpected'
  const message = typeof body?.message === 'string' ? body.message : `HTTP ${response.status}`
  return new Problem(code, message, Number.isFinite(retryAfterS) ? retryAfterS : null, body?.fields ?? {})
}

async function readJson(response: Response) {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}
