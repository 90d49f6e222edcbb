import { io, type Socket } from 'socket.io-client'
import type { WorkOrder, WorkOrderForm } from '../../src/casework/work-orders/schema.ts'
import type { Pop } from '../../src/floor/screen-pops/index.ts'
import type { SeatView } from '../../src/floor/seats/index.ts'
import { PageSession } from '../people/page-session.ts'
import { matterFor } from './matters.ts'
import { type Deed, type Planned, planFor } from './plan.ts'

/** A deed that was refused is tried again this much later, if the seat still stands where it stood. */
const TRY_AGAIN_MS = 3_000
const GIVE_UP_SIGNING_OUT_AFTER = 20

interface FromServer {
  snapshot(now: { seat: SeatView | null; pop: Pop | null }): void
  seat(seat: SeatView): void
  pop(pop: Pop, shown: () => void): void
}

export interface DemoAgentOptions {
  readonly url: string
  readonly login: string
  readonly password: string
  readonly seat: string
  /** Codes of the categories, by name. */
  readonly categories: ReadonlyMap<string, string>
  readonly askCitizenToHangUp: (number: string) => Promise<void>
}

/** An agent at a desk page with a SIP phone: does what a plan says, by the page's own requests. */
export class DemoAgent {
  private readonly options: DemoAgentOptions
  private readonly session: PageSession
  private readonly socket: Socket<FromServer>
  /** Undefined until the desk has told. */
  private seat: SeatView | null | undefined
  private pop: Pop | null = null
  private saved: string | null = null
  private plan: { readonly for: string; readonly due: { deed: Deed; at: number }[] } | null = null
  private acting = false

  private constructor(options: DemoAgentOptions, session: PageSession) {
    this.options = options
    this.session = session
    this.socket = io(`${session.url}/desk`, {
      transports: ['websocket'],
      extraHeaders: { cookie: session.cookie },
      auth: { cursor: null },
      forceNew: true,
    })
    this.socket.on('snapshot', ({ seat, pop }) => {
      this.seat = seat
      this.pop = pop ?? this.pop
    })
    this.socket.on('seat', seat => {
      this.seat = seat
    })
    this.socket.on('pop', (pop, shown) => {
      this.pop = pop
      shown()
    })
  }

  static async signIn(options: DemoAgentOptions): Promise<DemoAgent> {
    return new DemoAgent(options, await PageSession.signIn(options.url, options.login, options.password))
  }

  /** Somebody works with this account at another seat or with a browser phone: it is left to them. */
  get isSomebodyElses(): boolean {
    const { seat } = this
    if (seat === undefined || seat === null || seat.state === 'signed-out') return false
    return seat.number !== this.options.seat || seat.phone !== 'sip'
  }

  /** Does what is due; call it about once a second. */
  async tick(now: number): Promise<void> {
    if (this.seat === undefined || this.acting || !this.socket.connected || this.isSomebodyElses) return
    const next = this.dueAt(now)
    if (next === undefined) return
    this.acting = true
    try {
      await this.act(next.deed)
      this.plan?.due.shift()
    } catch {
      // Refused, or the service is away: the state decides whether it is still to be done.
      next.at = now + TRY_AGAIN_MS
    } finally {
      this.acting = false
    }
  }

  /** Hangs up and goes home. */
  async leave(pause: (ms: number) => Promise<void>): Promise<void> {
    if (!this.isSomebodyElses) {
      for (let tries = 0; tries < GIVE_UP_SIGNING_OUT_AFTER; tries++) {
        await this.session.ask('POST', '/api/my-seat/hang-up').catch(() => null)
        const left = await this.session.ask('DELETE', '/api/my-seat').catch(() => null)
        if (left === null || left.status !== 409) break
        await pause(200)
      }
    }
    this.socket.disconnect()
    await this.session.ask('DELETE', '/api/session').catch(() => null)
  }

  private dueAt(now: number): { deed: Deed; at: number } | undefined {
    const seat = this.seat ?? null
    const state = `${seat?.state} ${seat?.reason} ${seat?.since} ${seat?.callId}`
    if (this.plan?.for !== state) {
      const due = planFor(seat, Math.random).map(({ deed, afterMs }: Planned) => ({
        deed,
        at: now + afterMs,
      }))
      this.plan = { for: state, due }
    }
    const [first] = this.plan.due
    return first !== undefined && first.at <= now ? first : undefined
  }

  private async act(deed: Deed): Promise<void> {
    const { session, options } = this
    switch (deed.do) {
      case 'take-seat':
        await session.post('/api/my-seat', { seat: options.seat, phone: 'sip' })
        return
      case 'ready':
        return await session.post('/api/my-seat/ready')
      case 'break':
        return await session.post('/api/my-seat/not-ready', { reason: deed.reason })
      case 'finish-wrap-up':
        return await session.post('/api/my-seat/wrap-up/finish')
      case 'hang-up':
        return await session.post('/api/my-seat/hang-up')
      case 'ask-citizen-to-hang-up':
        if (this.pop !== null) await options.askCitizenToHangUp(this.pop.callerNumber)
        return
      case 'save-order':
        return await this.saveOrder()
    }
  }

  private async saveOrder(): Promise<void> {
    const { pop, session } = this
    if (pop === null || this.saved === pop.callId) return
    const matter = matterFor(pop.dialled, Math.random)
    const order = await session.get<WorkOrder>(`/api/work-orders/${pop.draft}`)
    const form: WorkOrderForm = {
      typeCode: matter.type,
      categoryCode: this.options.categories.get(matter.category) ?? null,
      title: matter.title,
      text: matter.text,
      place: matter.place,
      secret: false,
    }
    const match = { 'if-match': `"${order.version}"` }
    const reply = await session.ask('PUT', `/api/work-orders/${pop.draft}`, form, match)
    if (!reply.ok) throw new Error(`work order: ${reply.status}`)
    this.saved = pop.callId
  }
}
