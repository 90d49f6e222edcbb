import { randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'
import type { Instant } from '#kernel/time.ts'
import type { ProviderAnswer } from '../../casework/masking/provider.ts'
import { failureOf, networkFailure } from './outcome.ts'
import { signatureOf } from './signature.ts'

export interface AliyunAccount {
  /** `https://dyplsapi.aliyuncs.com`; no path. */
  readonly endpoint: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** 号码池 Key: the pool is the hotline's alone. */
  readonly poolKey: string
}

/** The carrier has this long, its last byte included. */
const ANSWER_MS = 10_000
const CONNECT_MS = 5_000
const MOST_BYTES = 64 * 1024

/** Dyplsapi, version 2017-05-25, in the RPC style. All parameters go in the body: addresses are written down on the way. */
export class AliyunRpc {
  private readonly account: AliyunAccount
  private readonly now: () => Instant
  private readonly answerMs: number
  private readonly agent: Agent

  constructor(account: AliyunAccount, now: () => Instant, answerMs = ANSWER_MS) {
    this.account = account
    this.now = now
    this.answerMs = answerMs
    this.agent = new Agent({
      connect: { timeout: CONNECT_MS },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      maxResponseSize: MOST_BYTES,
      pipelining: 0,
    })
  }

  /** @returns the answer's body, whose `Code` is OK */
  async ask(
    action: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<ProviderAnswer<Readonly<Record<string, unknown>>>> {
    try {
      const answer = await request(new URL('/', this.account.endpoint), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(this.signed(action, parameters)).toString(),
        dispatcher: this.agent,
        signal: AbortSignal.timeout(this.answerMs),
      })
      return read(answer.statusCode, await answer.body.text())
    } catch (error) {
      return networkFailure(error)
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }

  private signed(action: string, parameters: Readonly<Record<string, string>>): Record<string, string> {
    const { accessKeyId, accessKeySecret, poolKey } = this.account
    const all = {
      ...parameters,
      Action: action,
      PoolKey: poolKey,
      AccessKeyId: accessKeyId,
      Format: 'JSON',
      RegionId: 'cn-hangzhou',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: randomUUID(),
      SignatureVersion: '1.0',
      Timestamp: new Date(this.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      Version: '2017-05-25',
    }
    return { ...all, Signature: signatureOf(accessKeySecret, 'POST', all) }
  }
}

function read(status: number, text: string): ProviderAnswer<Readonly<Record<string, unknown>>> {
  const body = parsed(text)
  const code = body?.Code
  if (body === null || typeof code !== 'string') {
    return { kind: 'unknown', code: status === 200 ? 'unreadable' : `http-${status}` }
  }
  return code === 'OK' ? { kind: 'done', value: body } : failureOf(status, code.slice(0, 60))
}

/** Null: no JSON object. */
function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
