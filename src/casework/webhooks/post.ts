import { lookup } from 'node:dns'
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { mayReach } from './addresses.ts'
import { hostOf } from './rules.ts'

/** The other side has this long to answer, its last byte of headers included. */
const ANSWER_MS = 10_000
const CONNECT_MS = 5_000

/** What came of an attempt: a status, or why there was none. */
export type Answer =
  | { readonly status: number; readonly problem: null }
  | { readonly status: null; readonly problem: string }

class PrivateAddress extends Error {
  readonly code = 'private-address'
}

/**
 * POSTs to other systems. Every address is checked as it is connected to, so that a name which first resolves to an
 * allowed one leads nowhere else later. Redirects are not followed, answers are not read beyond their status.
 */
export class WebhookPoster {
  private readonly named: BlockList
  private readonly answerMs: number
  private readonly agent: Agent

  /**
   * @param named private networks that may be reached all the same
   * @param answerMs how long the other side has
   */
  constructor(named: BlockList, answerMs = ANSWER_MS) {
    this.named = named
    this.answerMs = answerMs
    this.agent = new Agent({
      connect: { lookup: this.lookup, timeout: CONNECT_MS },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      maxHeaderSize: 16 * 1024,
      pipelining: 0,
    })
  }

  async post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
    try {
      // An address in so many words is connected to without being looked up.
      const host = hostOf(new URL(url))
      if (isIP(host) !== 0 && !mayReach(host, this.named)) throw new PrivateAddress()
      const signal = AbortSignal.timeout(this.answerMs)
      const answer = await request(url, { method: 'POST', headers, body, dispatcher: this.agent, signal })
      answer.body.on('error', () => {}).destroy()
      return { status: answer.statusCode, problem: null }
    } catch (error) {
      return { status: null, problem: wordFor(error) }
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }

  private readonly lookup: LookupFunction = (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '')
      const [first] = addresses
      const closed = addresses.some(({ address }) => !mayReach(address, this.named))
      if (closed || first === undefined) return done(new PrivateAddress(), '')
      if (options.all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

/** A short code that holds neither an address nor anything that the other side said. */
function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'TimeoutError') return 'timeout'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return code?.slice(0, 60) ?? 'failed'
}
