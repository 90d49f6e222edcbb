import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Held until `release` or the end of the process, however it ends. */
export interface Hold {
  release(): Promise<void>
}

/**
 * Takes `name` for this process; null when another process of this machine holds it. The name is an abstract
 * Unix socket: the kernel gives it to one process and takes it back when that one dies, so no lock can be stale.
 */
export async function tryHold(name: string): Promise<Hold | null> {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32)
  const server = createServer(socket => socket.destroy())
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) => {
      if (problem.code === 'EADDRINUSE') resolve(false)
      else reject(problem)
    })
    server.listen(`\0hotline-12345/${digest}`, () => resolve(true))
  })
  if (!taken) return null
  server.unref()
  return { release: () => close(server) }
}

/** Waits for its turn; `waiting` is called once a second meanwhile. */
export async function hold(name: string, waiting: () => void, signal?: AbortSignal): Promise<Hold> {
  for (;;) {
    const held = await tryHold(name)
    if (held !== null) return held
    waiting()
    await sleep(1_000, undefined, signal === undefined ? {} : { signal })
  }
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()))
}
