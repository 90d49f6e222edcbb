import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type DefaultEventsMap, type Namespace, Server, type Socket } from 'socket.io'
import type { Database } from '#database/types.ts'
import type { CallId, SeatNumber, StaffId } from '#kernel/ids.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { Step } from '../contact-center/center.ts'
import type { CenterEvent, ScreenPop } from '../contact-center/events.ts'
import type { Seat } from '../contact-center/seat/seat.ts'
import type { Desk, EngineWatcher, FloorControl } from '../engine/ports.ts'
import type { Notice } from '../floor/announcements/index.ts'
import { barePop, type Pop, PopKeeper, type Replay, replayPops } from '../floor/screen-pops/index.ts'
import type { Seats, SeatView } from '../floor/seats/index.ts'
import type { Sessions } from '../people/sessions/index.ts'
import type { Metrics } from './metrics.ts'
import { type SocketSession, socketSession } from './socket-session.ts'

export const DESK_LIMITS = {
  /** A pop is shown without its history rather than later: the phone waits 250 ms for it by default. */
  popStoreMs: 150,
  /** How long a desk that connects waits for the pops that PostgreSQL has; then it gets what memory has. */
  replayMs: SECOND_MS,
  /** A desk whose machine died is noticed within about these two together. */
  pingEveryMs: 5 * SECOND_MS,
  pongWithinMs: 5 * SECOND_MS,
  /** Desks send acknowledgements and nothing else. */
  messageBytes: 10_000,
  /** Who opens a socket says who they are within this, or it is closed. */
  connectMs: 10 * SECOND_MS,
  /** A session that ended without a sign-out (expired, its owner gone from the staff) loses its desk after this. */
  sessionCheckMs: 5 * SECOND_MS,
} as const

interface ToDesk {
  snapshot(now: { seat: SeatView | null; pop: Pop | null; cursor: number | null }): void
  missed(pops: readonly Pop[]): void
  pop(pop: Pop, shown: () => void): void
  seat(seat: SeatView): void
  /** The agent asks, by another way than the page, that its phone pick this call up. */
  answer(call: { callId: CallId }): void
  alarm(alarm: { code: AlarmCode; text: string }): void
  /** All announcements that this person has still to read. */
  notices(notices: readonly Notice[]): void
}
export type AlarmCode = 'desk-replaced' | 'desk-restored' | 'supervised' | (string & {})

type DeskSocket = Socket<DefaultEventsMap, ToDesk, DefaultEventsMap, SocketSession>
type DeskNamespace = Namespace<DefaultEventsMap, ToDesk, DefaultEventsMap, SocketSession>

/** The newest pop of a seat, as memory has it. */
interface Shown {
  readonly call: CallId
  readonly attempt: number
  readonly seat: SeatNumber
  pop: Pop
  sentAt: number
  acknowledged: boolean
}

export interface DeskParts {
  readonly db: Kysely<Database>
  readonly sessions: Sessions
  readonly metrics: Metrics
  readonly log: Logger
}

/**
 * The desks' sockets (namespace /desk): screen-pops out, acknowledgements in. One person may have several pages
 * open; the newest has the phone and gets the pops, all see the seat.
 */
export class Desks implements Desk, Pick<EngineWatcher, 'handled'> {
  private readonly parts: DeskParts
  private readonly keeper: PopKeeper
  /** Greeted sockets, oldest first. */
  private readonly sockets = new Map<StaffId, DeskSocket[]>()
  private readonly shown = new Map<SeatNumber, Shown>()
  private readonly owners = new Map<SeatNumber, StaffId>()
  private noticesFor: (staff: StaffId) => readonly Notice[] = () => []
  private io: Server | null = null
  private sessionCheck: NodeJS.Timeout | undefined
  private running: { readonly floor: FloorControl; readonly seats: Seats } | null = null

  constructor(parts: DeskParts) {
    this.parts = parts
    this.keeper = new PopKeeper(parts.db, parts.log)
  }

  /** @returns the Socket.IO server, for other namespaces beside /desk */
  open(server: HttpServer, floor: FloorControl, seats: Seats): Server {
    this.running = { floor, seats }
    const io = new Server(server, {
      serveClient: false,
      pingInterval: DESK_LIMITS.pingEveryMs,
      pingTimeout: DESK_LIMITS.pongWithinMs,
      maxHttpBufferSize: DESK_LIMITS.messageBytes,
      connectTimeout: DESK_LIMITS.connectMs,
      allowRequest: (request, decide) => decide(null, isSameOrigin(request)),
    })
    this.io = io
    // The namespace that every server has: nobody needs it, and it would ask for no session.
    io.use((_socket, next) => next(new Error('not-found')))
    const desk: DeskNamespace = io.of('/desk')
    desk.use((socket, next) => {
      this.identify(socket).then(
        known => next(known ? undefined : new Error('not-signed-in')),
        () => next(new Error('unavailable')),
      )
    })
    desk.on('connection', socket => void this.connected(socket))
    this.sessionCheck = setInterval(() => void this.checkSessions(), DESK_LIMITS.sessionCheckMs)
    return io
  }

  isConnected(staff: StaffId): boolean {
    return this.sockets.has(staff)
  }

  /** Where the announcements come from that desks show. */
  showNotices(noticesFor: (staff: StaffId) => readonly Notice[]): void {
    this.noticesFor = noticesFor
  }

  /** An announcement was made or withdrawn, or this person has read one. */
  noticesChanged(staff?: StaffId): void {
    for (const one of staff === undefined ? this.sockets.keys() : [staff]) this.tellNotices(one)
  }

  pop(pop: ScreenPop): void {
    void this.storeAndShow(pop)
  }

  seatChanged(seat: Seat): void {
    const owner = seat.agent?.staff ?? this.owners.get(seat.number)
    const signedIn = seat.agent !== null && this.owners.get(seat.number) !== seat.agent.staff
    if (seat.agent === null) this.owners.delete(seat.number)
    else this.owners.set(seat.number, seat.agent.staff)
    if (owner === undefined || this.running === null) return
    const view = this.running.seats.view(seat)
    for (const socket of this.sockets.get(owner) ?? []) socket.emit('seat', view)
    if (signedIn) this.tellNotices(owner)
  }

  /** Tells every desk, for instance that recordings cannot be written. */
  alarm(code: AlarmCode, text: string): void {
    this.io?.of('/desk').emit('alarm', { code, text })
  }

  /** The sockets end with the session they were opened with, greeted or not. */
  sessionEnded(token: string): void {
    for (const socket of this.everySocket()) if (socket.data.token === token) socket.disconnect(true)
  }

  /** Tells every page of one person. */
  tell(staff: StaffId, code: AlarmCode, text: string): void {
    for (const socket of this.sockets.get(staff) ?? []) socket.emit('alarm', { code, text })
  }

  /** The newest page of this person has the phone. */
  answer(staff: StaffId, call: CallId): void {
    this.sockets.get(staff)?.at(-1)?.emit('answer', { callId: call })
  }

  /** Muting or an answer of the third party changes the call and no seat's state: its desks are told all the same. */
  handled(_event: CenterEvent, step: Step): void {
    for (const call of step.calls.values()) {
      if (call?.state.name !== 'talking') continue
      const { to, aside } = call.state
      for (const { seat: number } of [to, aside?.to ?? to]) {
        const seat = step.seats.has(number) ? undefined : this.running?.floor.seat(number)
        if (seat !== undefined) this.seatChanged(seat)
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.sessionCheck)
    this.keeper.close()
    await this.io?.close()
  }

  private everySocket(): readonly DeskSocket[] {
    const desk: DeskNamespace | undefined = this.io?.of('/desk')
    return [...(desk?.sockets.values() ?? [])]
  }

  private async checkSessions(): Promise<void> {
    const sockets = this.everySocket()
    try {
      const live = await this.parts.sessions.live([...new Set(sockets.map(({ data }) => data.token))])
      for (const socket of sockets) if (!live.has(socket.data.token)) this.expel(socket)
    } catch (error) {
      this.parts.log.warn({ err: error }, 'sessions of desks not checked; desks stay')
    }
  }

  /** As if signed out: the seat is free for others, once a call on it is over. */
  private expel(socket: DeskSocket): void {
    const { id } = socket.data.member
    socket.disconnect(true)
    if (!this.isConnected(id)) this.running?.seats.leaveWhenFree(id)
  }

  private async identify(socket: DeskSocket): Promise<boolean> {
    const session = await socketSession(socket.handshake.headers.cookie, this.parts.sessions)
    if (session === null) return false
    socket.data = session
    return true
  }

  private async connected(socket: DeskSocket): Promise<void> {
    const { id } = socket.data.member
    socket.on('disconnect', () => this.disconnected(socket))
    await this.greet(socket, readCursor(socket.handshake.auth.cursor))
    if (!socket.connected) return
    // Only now: the first thing a desk hears is its snapshot, and no call is offered before it has that.
    const others = this.sockets.get(id) ?? []
    this.sockets.set(id, [...others, socket])
    for (const other of others) {
      other.emit('alarm', { code: 'desk-replaced', text: '已在另一窗口打开座席，本窗口不再接听' })
    }
    this.tellPresence(id)
  }

  private disconnected(socket: DeskSocket): void {
    const { id } = socket.data.member
    const before = this.sockets.get(id) ?? []
    const left = before.filter(other => other !== socket)
    if (left.length === before.length) return
    const newest = left.at(-1)
    if (newest === undefined) this.sockets.delete(id)
    else this.sockets.set(id, left)
    if (newest !== undefined && before.at(-1) === socket) {
      newest.emit('alarm', { code: 'desk-restored', text: '另一窗口已关闭，由本窗口接听' })
      void this.greet(newest, null)
    }
    this.tellPresence(id)
  }

  /** Brings a page up to date: its seat, the pop of its running call, and what it missed since the cursor. */
  private async greet(socket: DeskSocket, cursor: number | null): Promise<void> {
    const replay = await this.readReplay(socket.data.member.id, cursor)
    const seat = this.running?.seats.heldBy(socket.data.member.id)
    const call = seat !== undefined && 'call' in seat.state ? seat.state.call : null
    const current = seat === undefined || call === null ? null : this.current(seat.number, call, replay)
    socket.emit('snapshot', {
      seat: seat === undefined ? null : (this.running?.seats.view(seat) ?? null),
      pop: current?.pop ?? null,
      cursor: replay.cursor,
    })
    // Also when there are none: the page moves its cursor once it has both.
    socket.emit(
      'missed',
      replay.missed.filter(pop => pop.callId !== call),
    )
    socket.emit('notices', this.noticesFor(socket.data.member.id))
    // The page knows the call by its id and shows it once; what counts is that it acknowledges.
    if (current !== null && !current.acknowledged) this.show(socket, current)
  }

  private async readReplay(staff: StaffId, cursor: number | null): Promise<Replay> {
    const seat = this.running?.seats.heldBy(staff)
    const busy =
      seat !== undefined && 'call' in seat.state ? { number: seat.number, call: seat.state.call } : null
    const nothing: Replay = { current: null, acknowledged: false, missed: [], cursor }
    const replay = replayPops(this.parts.db, staff, busy, cursor).catch(error => {
      this.parts.log.warn({ err: error }, 'stored screen-pops not read; the desk gets what memory has')
      return nothing
    })
    return (await within(replay, DESK_LIMITS.replayMs)) ?? nothing
  }

  private current(seat: SeatNumber, call: CallId, replay: Replay): Shown | null {
    const known = this.shown.get(seat)
    if (known?.call === call) {
      // PostgreSQL knows what has become secret since; memory alone the newest attempt, until that is stored.
      const isSame = replay.current?.callId === call && replay.current.attempt === known.attempt
      if (replay.current !== null && isSame) known.pop = replay.current
      return known
    }
    if (replay.current?.callId !== call) return null
    // Popped by the process before this one.
    const { attempt } = replay.current
    const { acknowledged } = replay
    const found: Shown = { call, attempt, seat, pop: replay.current, sentAt: Date.now(), acknowledged }
    this.shown.set(seat, found)
    return found
  }

  private async storeAndShow(pop: ScreenPop): Promise<void> {
    const shown: Shown = {
      call: pop.call,
      attempt: pop.attempt,
      seat: pop.seat,
      pop: barePop(pop),
      sentAt: Date.now(),
      acknowledged: false,
    }
    this.shown.set(pop.seat, shown)
    const stored = this.keeper.keep(pop).then(
      kept => {
        shown.pop = kept
      },
      () => {},
    )
    await within(stored, DESK_LIMITS.popStoreMs)
    const newest = this.sockets.get(pop.staff)?.at(-1)
    if (newest === undefined) return
    this.show(newest, shown)
    this.parts.metrics.popShown(Date.now() - pop.offeredAt)
  }

  private show(socket: DeskSocket, shown: Shown): void {
    shown.sentAt = Date.now()
    socket.emit('pop', shown.pop, () => this.acknowledged(shown))
  }

  private acknowledged(shown: Shown): void {
    if (shown.acknowledged) return
    shown.acknowledged = true
    const { call, seat, attempt } = shown
    this.parts.metrics.popAcknowledged(Date.now() - shown.sentAt)
    this.running?.floor.submit({ type: 'pop-acknowledged', at: Date.now(), seat, call })
    this.keeper
      .acknowledge(call, attempt)
      .catch(error => this.parts.log.warn({ err: error, call }, 'acknowledgement of a screen-pop not stored'))
  }

  private tellNotices(staff: StaffId): void {
    const notices = this.noticesFor(staff)
    for (const socket of this.sockets.get(staff) ?? []) socket.emit('notices', notices)
  }

  private tellPresence(staff: StaffId): void {
    const seat = this.running?.seats.heldBy(staff)
    const connected = this.isConnected(staff)
    if (seat !== undefined && seat.deskConnected !== connected) this.tellConnected(seat, connected)
  }

  private tellConnected(seat: Seat, connected: boolean): void {
    this.running?.floor.submit({ type: 'desk-changed', at: Date.now(), seat: seat.number, connected })
  }
}

/** Browsers name the page's origin; a page of another site must not open a desk with our cookie. */
function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

function readCursor(given: unknown): number | null {
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : null
}

/** What the promise gives, or undefined when that takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, ms, undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
