import { WebSocket } from 'ws'
import type { Clock } from '../../engine/ports.ts'
import type { AriAddress } from './ari-rest.ts'
import { APPLICATIONS } from './subscribe.ts'

const PING_EVERY_MS = 1_000
/** Silent for this long, the socket is given up: with the ping, a frozen PBX is noticed within 3 s. */
const SILENCE_LIMIT_MS = 2_500
/** A connection that lived this long: whatever the PBX did with older ones is over. */
const SETTLED_MS = 10_000
const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 1_000

export interface EventSocketListener {
  /** The application's socket is open; its events follow. */
  open(): void
  /** Closed, refused or silent. Another try is on its way. Called once for each `open`. */
  closed(): void
  /** Why a connection was not made or broke: refused, wrong password, no route. */
  failed(reason: string): void
  /** One parsed frame, an object with a `type`. */
  event(event: AriFrame): void
  /** A frame that was no event. */
  malformed(): void
  /** Another process took the application over: this one must stop acting, and it does not come back. */
  replaced(): void
}

export interface AriFrame {
  readonly type: string
  readonly [field: string]: unknown
}

/**
 * The socket of ARI events. ari-client's own gives up after 43 s, has no deadline for silence and throws at
 * event types it does not know; this one tries for ever, notices silence within 3 s, and never throws.
 */
export class EventSocket {
  private readonly address: AriAddress
  private readonly clock: Clock
  private readonly listener: EventSocketListener
  private socket: WebSocket | null = null
  private retryMs = FIRST_RETRY_MS
  private cancelTimer = () => {}
  private ended = false
  /**
   * Attempts that were given up unanswered. A frozen PBX that wakes serves them all the same, and one that it
   * serves late takes the application from the connection that counts.
   */
  private ghosts = 0

  constructor(address: AriAddress, clock: Clock, listener: EventSocketListener) {
    this.address = address
    this.clock = clock
    this.listener = listener
  }

  start(): void {
    if (this.ended) return
    const { url, user, password } = this.address
    const query = `app=${APPLICATIONS.join()}&subscribeAll=false`
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ari/events?${query}`, {
      auth: `${user}:${password}`,
      perMessageDeflate: false,
    })
    this.socket = socket
    let opened = false
    let openedAt = 0
    let heardAt = 0
    this.cancelTimer = this.clock.after(SILENCE_LIMIT_MS, () => {
      this.ghosts += 1
      socket.terminate()
    })
    const watch = () => {
      const now = this.clock.now()
      if (now - heardAt > SILENCE_LIMIT_MS) {
        socket.terminate()
        return
      }
      if (now - openedAt > SETTLED_MS) this.ghosts = 0
      socket.ping()
      this.cancelTimer = this.clock.after(PING_EVERY_MS, watch)
    }
    socket.on('open', () => {
      this.cancelTimer()
      opened = true
      openedAt = this.clock.now()
      heardAt = openedAt
      this.retryMs = FIRST_RETRY_MS
      watch()
      this.listener.open()
    })
    socket.on('pong', () => {
      heardAt = this.clock.now()
    })
    socket.on('message', data => {
      heardAt = this.clock.now()
      if (socket === this.socket) this.read(String(data))
    })
    // Every error is followed by `close`.
    socket.on('error', error => this.listener.failed(error.message))
    socket.on('close', () => {
      this.cancelTimer()
      if (this.ended) return
      if (opened) this.listener.closed()
      this.retryLater()
    })
  }

  /** Drops the connection, which is then made anew: for a set-up that failed half way. */
  reset(): void {
    const { socket } = this
    // What it still has to say is not heard.
    this.socket = null
    socket?.terminate()
  }

  close(): void {
    this.ended = true
    this.cancelTimer()
    this.socket?.terminate()
  }

  private retryLater(): void {
    this.cancelTimer = this.clock.after(this.retryMs, () => this.start())
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS)
  }

  private read(text: string): void {
    // The notice that another took over comes once for each application.
    if (this.ended) return
    const frame = parseFrame(text)
    if (frame === null) {
      this.listener.malformed()
      return
    }
    if (frame.type !== 'ApplicationReplaced') {
      this.listener.event(frame)
      return
    }
    if (this.ghosts > 0) {
      this.ghosts -= 1
      this.reset()
      return
    }
    this.close()
    this.listener.replaced()
  }
}

function parseFrame(text: string): AriFrame | null {
  try {
    const value: unknown = JSON.parse(text)
    return isFrame(value) ? value : null
  } catch {
    return null
  }
}

function isFrame(value: unknown): value is AriFrame {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
