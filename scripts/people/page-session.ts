/** A person of the hotline over HTTP, as the page is one. */
export class PageSession {
  readonly url: string
  /** For sockets, which need it too. */
  readonly cookie: string

  private constructor(url: string, cookie: string) {
    this.url = url
    this.cookie = cookie
  }

  /** @throws what the service said, unless it said yes */
  static async signIn(url: string, login: string, password: string): Promise<PageSession> {
    const reply = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    if (!reply.ok) throw new Error(`sign-in of ${login}: ${reply.status} ${await reply.text()}`)
    return new PageSession(url, reply.headers.get('set-cookie')?.split(';')[0] ?? '')
  }

  ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
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

  /** @throws what the service said, unless it said yes */
  async post(path: string, body?: object): Promise<void> {
    const reply = await this.ask('POST', path, body)
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  }
}
