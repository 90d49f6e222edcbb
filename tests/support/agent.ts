import * as demoSecrets from '../../scripts/people/demo-secrets.ts'
import { PageSession } from '../../scripts/people/page-session.ts'
import type { SeatView } from '../../src/floor/seats/index.ts'
import { DeskPage } from './service.ts'
import type { Stack } from './stack.ts'
import { until } from './until.ts'

interface Versioned {
  readonly version: number
  readonly [field: string]: unknown
}

/** An agent of the demo city over HTTP and socket, as the page is one, with a SIP phone beside it. */
export class Agent {
  readonly login: string
  page: DeskPage
  private readonly session: PageSession

  private constructor(session: PageSession, login: string) {
    this.session = session
    this.login = login
    this.page = new DeskPage(session.url, session.cookie, null)
  }

  /** Signs in, with the password that the demo city drew unless another is given. */
  static async signIn(stack: Stack, login: string, password = passwordOf(stack, login)): Promise<Agent> {
    const agent = new Agent(await PageSession.signIn(pageUrl(stack), login, password), login)
    await agent.page.first('snapshot')
    return agent
  }

  ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return this.session.ask(method, path, body, headers)
  }
  get<T>(path: string): Promise<T> {
    return this.session.get(path)
  }
  post(path: string, body?: object): Promise<void> {
    return this.session.post(path, body)
  }

  /** Edits one row of a list over its present version, as a page does. */
  async edit(list: string, key: string, id: string, change: object): Promise<void> {
    const row = (await this.get<Versioned[]>(list)).find(one => one[key] === id)
    if (row === undefined) throw new Error(`no ${id} in ${list}`)
    const { version, [key]: _, ...form } = row
    const reply = await this.ask(
      'PUT',
      `${list}/${id}`,
      { ...form, ...change },
      { 'if-match': `"${version}"` },
    )
    if (!reply.ok) throw new Error(`${list}/${id}: ${reply.status} ${await reply.text()}`)
  }

  /** Takes the seat with its SIP phone, which must be registered, and waits for calls. */
  async sitDown(seat: string): Promise<void> {
    await this.post('/api/my-seat', { seat, phone: 'sip' })
    await this.ready()
  }

  async ready(): Promise<void> {
    await until(async () => (await this.ask('POST', '/api/my-seat/ready')).ok)
  }

  async seat(): Promise<SeatView> {
    return (await this.get<{ seat: SeatView }>('/api/my-seat')).seat
  }

  async untilSeatIs(state: string): Promise<void> {
    await until(async () => (await this.seat()).state === state, 30_000)
  }

  /** As after a reload of the page. */
  reload(cursor: number | null): DeskPage {
    this.page.close()
    this.page = new DeskPage(this.session.url, this.session.cookie, cursor)
    return this.page
  }

  close(): void {
    this.page.close()
  }
}

export function pageUrl(stack: Stack): string {
  return `http://127.0.0.1:${stack.config.httpPort}`
}

/** The password that the demo city drew for one of its people. */
export function passwordOf(stack: Stack, login: string): string {
  return demoSecrets.passwordOf(stack.config.dataDir, login)
}

/** The password of a seat's SIP phone. */
export function phonePasswordOf(stack: Stack, seat: string): string {
  return demoSecrets.phonePasswordOf(stack.config.dataDir, seat)
}
