import { once } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../engine/ports.ts'
import { EventSocket } from './event-socket.ts'

/** A PBX that is only its WebSocket; the last connection of the service is `peer`. */
let server: WebSocketServer
let url: string
let peer: WebSocket
let socket: EventSocket
let heard: string[]
/** Timers that will still go off. */
let pending: Set<NodeJS.Timeout>

const clock: Clock = {
  now: () => Date.now(),
  after(afterMs, task) {
    const timer = setTimeout(() => {
      pending.delete(timer)
      task()
    }, afterMs)
    pending.add(timer)
    return () => {
      pending.delete(timer)
      clearTimeout(timer)
    }
  },
}

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', connection => {
    peer = connection
  })
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  url = `http://127.0.0.1:${address.port}`
  heard = []
  pending = new Set()
  socket = new EventSocket({ url, user: 'hotline', password: 'secret' }, clock, {
    open: () => heard.push('open'),
    failed: () => {},
    closed: () => heard.push('closed'),
    event: event => heard.push(event.type),
    malformed: () => heard.push('malformed'),
    replaced: () => heard.push('replaced'),
  })
  socket.start()
  await told('open')
})

afterEach(() => {
  socket.close()
  server.close()
  for (const client of server.clients) client.terminate()
})

it('hears events, and passes over frames that are none', async () => {
  for (const frame of ['{"type":"Dial"}', '{"type":', '[]', 'null', '{"type":7}', '']) peer.send(frame)
  peer.send('{"type":"NeverHeardOf"}')
  await told('NeverHeardOf')
  expect(heard).toEqual(['open', 'Dial', ...Array(5).fill('malformed'), 'NeverHeardOf'])
})

it('comes back when the connection breaks, each time', async () => {
  for (const times of [1, 2, 3]) {
    peer.terminate()
    await vi.waitFor(() => expect(heard.filter(word => word === 'open')).toHaveLength(times + 1))
  }
  expect(heard).toEqual(['open', 'closed', 'open', 'closed', 'open', 'closed', 'open'])
})

it('gives up a PBX that is silent, within 4 s', { timeout: 10_000 }, async () => {
  // Frozen: the connection stands, but nothing answers a ping.
  peer.pause()
  await vi.waitFor(() => expect(heard).toContain('closed'), { timeout: 4_000 })
})

it('does not fight for an application that another process took over', async () => {
  peer.send('{"type":"ApplicationReplaced","application":"hotline"}')
  await vi.waitFor(() => expect(peer.readyState).toBe(peer.CLOSED))
  expect(heard).toEqual(['open', 'replaced'])
  expect(pending.size).toBe(0)
})

it('does not take a late answer to its own earlier attempt for another process', {
  timeout: 10_000,
}, async () => {
  // Frozen: attempts get through to the machine, and nobody answers them.
  const held: (() => void)[] = []
  const { handleUpgrade } = server
  server.handleUpgrade = (...request) => void held.push(() => handleUpgrade.apply(server, request))
  peer.terminate()
  await vi.waitFor(() => expect(held).toHaveLength(2), { timeout: 5_000 })
  server.handleUpgrade = handleUpgrade
  held[1]?.()
  await vi.waitFor(() => expect(heard).toEqual(['open', 'closed', 'open']))
  peer.send('{"type":"ApplicationReplaced","application":"hotline"}')
  peer.send('{"type":"ApplicationReplaced","application":"hotline-phones"}')
  await vi.waitFor(() => expect(heard).toEqual(['open', 'closed', 'open', 'closed', 'open']))
  // There was one such attempt: the next is somebody else.
  peer.send('{"type":"ApplicationReplaced","application":"hotline"}')
  await told('replaced')
})

async function told(word: string): Promise<void> {
  await vi.waitFor(() => expect(heard).toContain(word))
}
