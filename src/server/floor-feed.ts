import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io'
import type { StaffId } from '#kernel/ids.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { Step } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import type { EngineWatcher } from '../engine/ports.ts'
import type { Alarms, AlarmView } from '../floor/alarms/index.ts'
import {
  FIGURES_EVERY_MS,
  type FloorOverview,
  type FloorView,
  maySupervise,
} from '../floor/supervision/index.ts'
import type { Sessions } from '../people/sessions/index.ts'
import { Coalesced } from './coalesce.ts'
import { type SocketSession, socketSession } from './socket-session.ts'

/** However much happens, a page that watches is drawn anew at most this often. */
export const FLOOR_PUSH_EVERY_MS = SECOND_MS

interface ToFloor {
  floor(view: FloorView): void
  /** Those that stand, the most serious first. */
  alarms(alarms: readonly AlarmView[]): void
}
type FloorSocket = Socket<DefaultEventsMap, ToFloor, DefaultEventsMap, SocketSession>
type FloorNamespace = Namespace<DefaultEventsMap, ToFloor, DefaultEventsMap, SocketSession>

/**
 * The live floor (namespace /floor) for shift leads: all of it on connecting and again when something has changed,
 * and its alarms likewise. While nobody watches nothing is pushed.
 */
export class FloorFeed implements Pick<EngineWatcher, 'handled'> {
  private readonly sessions: Sessions
  private readonly watching = new Set<FloorSocket>()
  private readonly pushes = new Coalesced(FLOOR_PUSH_EVERY_MS, () => this.push())
  private overview: FloorOverview | null = null
  private alarms: Alarms | null = null
  private figures: NodeJS.Timeout | undefined

  constructor(sessions: Sessions) {
    this.sessions = sessions
  }

  open(server: Server, overview: FloorOverview, alarms: Alarms): void {
    this.overview = overview
    this.alarms = alarms
    alarms.listen(() => this.pushAlarms())
    const namespace: FloorNamespace = server.of('/floor')
    namespace.use((socket, next) => {
      this.admit(socket).then(
        refusal => next(refusal === null ? undefined : new Error(refusal)),
        () => next(new Error('unavailable')),
      )
    })
    namespace.on('connection', socket => void this.connected(socket))
  }

  handled(event: CenterEvent, step: Step): void {
    this.alarms?.handled(event)
    if (this.watching.size === 0) return
    if (step.calls.size > 0 || step.seats.size > 0 || step.queues !== null) this.pushes.changed()
  }

  /** The sockets end with the session they were opened with. */
  sessionEnded(staff: StaffId, token: string): void {
    for (const socket of this.watching) {
      if (socket.data.member.id === staff && socket.data.token === token) socket.disconnect(true)
    }
  }

  close(): void {
    this.pushes.cancel()
    clearInterval(this.figures)
    this.watching.clear()
  }

  private async admit(socket: FloorSocket): Promise<string | null> {
    const session = await socketSession(socket.handshake.headers.cookie, this.sessions)
    if (session === null) return 'not-signed-in'
    if (!maySupervise(session.member)) return 'not-allowed'
    socket.data = session
    return null
  }

  private async connected(socket: FloorSocket): Promise<void> {
    socket.on('disconnect', () => this.left(socket))
    await this.overview?.refresh()
    if (!socket.connected || this.overview === null) return
    socket.emit('floor', this.overview.view())
    socket.emit('alarms', this.alarms?.standing() ?? [])
    this.watching.add(socket)
    this.figures ??= setInterval(() => void this.readFigures(), FIGURES_EVERY_MS)
  }

  private left(socket: FloorSocket): void {
    this.watching.delete(socket)
    if (this.watching.size > 0) return
    this.pushes.cancel()
    clearInterval(this.figures)
    this.figures = undefined
  }

  /** A call is counted a little after it has ended: figures that have moved are a change of their own. */
  private async readFigures(): Promise<void> {
    if (this.overview === null) return
    await this.endWithSessions()
    const before = JSON.stringify(this.overview.figures)
    await this.overview.refresh()
    if (this.watching.size > 0 && JSON.stringify(this.overview.figures) !== before) this.pushes.changed()
  }

  /** A session may end without a sign-out: expired, or its owner is no longer of the staff. */
  private async endWithSessions(): Promise<void> {
    const tokens = new Set([...this.watching].map(socket => socket.data.token))
    // While PostgreSQL cannot be asked nobody is sent away.
    const live = await this.sessions.live([...tokens]).catch(() => tokens)
    for (const socket of this.watching) if (!live.has(socket.data.token)) socket.disconnect(true)
  }

  private push(): void {
    if (this.overview === null) return
    const view = this.overview.view()
    for (const socket of this.watching) socket.emit('floor', view)
  }

  private pushAlarms(): void {
    const standing = this.alarms?.standing() ?? []
    for (const socket of this.watching) socket.emit('alarms', standing)
  }
}
