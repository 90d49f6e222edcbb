import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeskPage } from './service.ts'
import type { Stack } from './stack.ts'
import { until } from './until.ts'

/** An agent of the demo city over HTTP and socket, as the page is one, with a SIP phone beside it. */
export class Agent {
  readonly login: string
  page: DeskPage
  private readonly url: string
  private readonly cookie: string

  private constructor(url: string, login: string, cookie: string) {
    this.url = url
    this.login = login
    this.cookie = cookie
    this.page = new DeskPage(url, cookie, null)
  }

  /** Signs in, with the password that the demo city drew unless another is given. */
  static async signIn(stack: Stack, login: string, password = passwordOf(stack, login)): Promise<Agent> {
    const url = pageUrl(stack)
    const reply = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    if (!reply.ok) throw new Error(`sign-in of ${login}: ${reply.status} ${await reply.text()}`)
    const agent = new Agent(url, login, reply.headers.get('set-cookie')?.split(';')[0] ?? '')
    await agent.page.first('snapshot')
    return agent
  }

  async ask(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  /** @throws what the service said, unless it said yes */
  async get<T>(path: string): Promise<T> {
    const reply = await this.ask('GET', path)
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }

  async post(path: string, body?: object): Promise<void> {
    const reply = await this.ask('POST', path, body)
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  }

  /** Takes the seat with its SIP phone, which must be registered, and waits for calls. */
  async sitDown(seat: string): Promise<void> {
    await this.post('/api/my-seat', { seat, phone: 'sip' })
    await this.ready()
  }

  async ready(): Promise<void> {
    await until(async () => (await this.ask('POST', '/api/my-seat/ready')).ok)
  }

  async seat(): Promise<{ state: string; reason: string | null; callId: string | null }> {
    const { seat } = await this.get<{
      seat: { state: string; reason: string | null; callId: string | null }
    }>('/api/my-seat')
    return seat
  }

  async untilSeatIs(state: string): Promise<void> {
    await until(async () => (await this.seat()).state === state, 30_000)
  }

  /** As after a reload of the page. */
  reload(cursor: number | null): DeskPage {
    this.page.close()
    this.page = new DeskPage(this.url, this.cookie, cursor)
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
  const line = secretLines(stack, 'demo-accounts.txt').find(([name]) => name === login)
  if (line?.[1] === undefined) throw new Error(`no demo account ${login}`)
  return line[1]
}

/** The password of a seat's SIP phone. */
export function phonePasswordOf(stack: Stack, seat: string): string {
  const line = secretLines(stack, 'seat-phones.txt').find(([number]) => number === seat)
  if (line?.[2] === undefined) throw new Error(`no seat ${seat}`)
  return line[2]
}

function secretLines(stack: Stack, file: string): string[][] {
  const text = readFileSync(join(stack.config.dataDir, 'secrets', file), 'utf8')
  return text.split('\n').map(line => line.split(' '))
}
