import { type Client, connect } from 'ari-client'
import type { CommandFailure } from '../../contact-center/events.ts'
import type { Clock } from '../../engine/ports.ts'

/** `exists`: an id that we chose is taken, so an earlier try of the same command arrived. */
export type AriFailure = CommandFailure | 'exists'

export type AriReply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: AriFailure; readonly detail: string }

export interface AriAddress {
  /** `http://host:port`, without `/ari`. */
  readonly url: string
  readonly user: string
  readonly password: string
}

// The library's Swagger reader defines a global `log` that writes to the console; errors come to us anyway.
Reflect.set(globalThis, 'log', () => {})

// ari-client's swagger-client prints through a global `log`; its advice has no place among structured lines.
Object.assign(globalThis, { log: () => {} })

/** The longest that one operation may take, in ms; most take 2. */
export const REST_LIMIT_MS = 3_000

/**
 * ari-client's REST operations, each bounded and each answered with a value. Its own event socket is never
 * started: event-socket.ts says why. Connections are kept alive by Node's global agent.
 *
 * The library never settles a request whose connection broke, and gives an HTTP error as its body alone:
 * hence the limit here, and the reading of messages.
 */
export class AriRest {
  private readonly address: AriAddress
  private readonly clock: Clock
  private client: Promise<Client> | null = null

  constructor(address: AriAddress, clock: Clock) {
    this.address = address
    this.clock = clock
  }

  /** Never throws. After `REST_LIMIT_MS` the answer is `unreachable`; whether Asterisk acted is then unknown. */
  run<T>(operation: (ari: Client) => Promise<T>): Promise<AriReply<T>> {
    return new Promise(resolve => {
      const cancel = this.clock.after(REST_LIMIT_MS, () =>
        resolve({ ok: false, reason: 'unreachable', detail: `no answer in ${REST_LIMIT_MS} ms` }),
      )
      this.connected()
        .then(operation)
        .then(
          (value): AriReply<T> => ({ ok: true, value }),
          (error: unknown): AriReply<T> => ({ ok: false, ...readFailure(error) }),
        )
        .then(reply => {
          cancel()
          resolve(reply)
        })
    })
  }

  /** The API description is read once; a reading that fails or hangs is tried again by a later operation. */
  private connected(): Promise<Client> {
    if (this.client !== null) return this.client
    const { url, user, password } = this.address
    const attempt = Promise.resolve(connect(url, user, password))
    this.client = attempt
    const forget = () => {
      if (this.client === attempt) this.client = null
    }
    const cancel = this.clock.after(REST_LIMIT_MS, forget)
    attempt.then(cancel, forget)
    return attempt
  }
}

function readFailure(error: unknown): { reason: AriFailure; detail: string } {
  const detail = error instanceof Error ? error.message : String(error)
  // What is in no bridge is gone from it.
  if (/(not found|not in this bridge)"}$/i.test(detail)) return { reason: 'gone', detail }
  if (/already exists"}$/.test(detail)) return { reason: 'exists', detail }
  // Asterisk's refusals are JSON; everything else was said by the way there.
  return { reason: detail.startsWith('{') ? 'refused' : 'unreachable', detail }
}
