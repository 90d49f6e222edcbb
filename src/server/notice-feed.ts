import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { SECOND_MS } from '#kernel/time.ts'
import {
  countUnread,
  type Notice,
  type NoticeReplay,
  NoticeStream,
  noticesFor,
  replayNotices,
} from '../casework/notices/index.ts'
import type { Sessions } from '../people/sessions/index.ts'
import { type SocketSession, socketSession } from './socket-session.ts'

export const NOTICE_FEED_LIMITS = {
  /** How often notices are looked for while anybody listens: they may come from any process. */
  lookEveryMs: SECOND_MS / 2,
  /** A session that ended without a sign-out loses its sockets after this. */
  sessionCheckMs: 5 * SECOND_MS,
} as const

interface ToPage {
  /** First of all, and again after each reconnect. */
  snapshot(now: NoticeReplay): void
  notice(notice: Notice): void
  /** This person has read some, here or on another page. */
  unread(count: number): void
}
type PageSocket = Socket<DefaultEventsMap, ToPage, DefaultEventsMap, SocketSession>
type PageNamespace = Namespace<DefaultEventsMap, ToPage, DefaultEventsMap, SocketSession>

export interface NoticeFeedParts {
  readonly db: Kysely<Database>
  readonly sessions: Sessions
  readonly log: Logger
}

/**
 * Notices as they come (namespace /cases), to whom they concern. A page says in `auth.cursor` which notice was the
 * newest that it was told of, and is told what it missed. One loop greets, looks and tells, so that nothing falls
 * between a greeting and the next look; what falls into both is told twice, by the same id.
 */
export class NoticeFeed {
  private readonly parts: NoticeFeedParts
  private readonly stream: NoticeStream
  private readonly sockets = new Set<PageSocket>()
  private readonly toGreet = new Set<PageSocket>()
  private sessionsCheckedAt = 0
  private stopLooking: () => void = () => {}

  constructor(parts: NoticeFeedParts) {
    this.parts = parts
    this.stream = new NoticeStream(parts.db)
  }

  open(server: Server): void {
    const namespace: PageNamespace = server.of('/cases')
    namespace.use((socket, next) => {
      this.identify(socket).then(
        known => next(known ? undefined : new Error('not-signed-in')),
        () => next(new Error('unavailable')),
      )
    })
    namespace.on('connection', socket => {
      this.sockets.add(socket)
      this.toGreet.add(socket)
      socket.on('disconnect', () => this.left(socket))
    })
    const { lookEveryMs } = NOTICE_FEED_LIMITS
    this.stopLooking = keepReading(() => this.look(), lookEveryMs, 'notices', this.parts.log)
  }

  /** The sockets end with the session they were opened with. */
  sessionEnded(token: string): void {
    for (const socket of this.sockets) if (socket.data.token === token) socket.disconnect(true)
  }

  /** This person has read some: all their pages count anew. */
  hasRead(staff: StaffId): void {
    const pages = [...this.sockets].filter(({ data }) => data.member.id === staff)
    if (pages.length === 0) return
    countUnread(this.parts.db, staff).then(
      count => {
        for (const page of pages) page.emit('unread', count)
      },
      error => this.parts.log.warn({ err: error }, 'unread notices not counted; pages keep their count'),
    )
  }

  close(): void {
    this.stopLooking()
    this.sockets.clear()
    this.toGreet.clear()
  }

  private async identify(socket: PageSocket): Promise<boolean> {
    const session = await socketSession(socket.handshake.headers.cookie, this.parts.sessions)
    if (session === null) return false
    socket.data = session
    return true
  }

  private left(socket: PageSocket): void {
    this.sockets.delete(socket)
    this.toGreet.delete(socket)
  }

  private async look(): Promise<void> {
    if (this.sockets.size === 0) return this.stream.stop()
    await this.endWithSessions()
    if (!this.stream.begun) await this.stream.begin()
    for (const socket of this.toGreet) await this.greet(socket)
    await this.stream.next(ids => this.tell(ids))
  }

  private async tell(ids: readonly number[]): Promise<void> {
    const listening = new Set([...this.sockets].map(({ data }) => data.member.id))
    for (const { staff, notice } of await noticesFor(this.parts.db, ids, [...listening])) {
      for (const socket of this.sockets) if (socket.data.member.id === staff) socket.emit('notice', notice)
    }
  }

  private async greet(socket: PageSocket): Promise<void> {
    const cursor = readCursor(socket.handshake.auth.cursor)
    socket.emit('snapshot', await replayNotices(this.parts.db, socket.data.member.id, cursor))
    this.toGreet.delete(socket)
  }

  private async endWithSessions(): Promise<void> {
    const now = performance.now()
    if (now - this.sessionsCheckedAt < NOTICE_FEED_LIMITS.sessionCheckMs) return
    this.sessionsCheckedAt = now
    const live = await this.parts.sessions.live([...new Set([...this.sockets].map(({ data }) => data.token))])
    for (const socket of this.sockets) if (!live.has(socket.data.token)) socket.disconnect(true)
  }
}

function readCursor(given: unknown): number | null {
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : null
}
