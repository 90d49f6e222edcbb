import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { PROJECT } from '../../scripts/instance/folders.ts'
import { type PortBlock, takePortBlock } from '../support/port-block.ts'
import { environment } from '../support/stack.ts'
import { until } from '../support/until.ts'

/** `npm start` as a person uses it: in a terminal of its own, ended by Ctrl-C or worse. */

let ports: PortBlock
let dataDir: string
let open: ChildProcess[] = []

beforeAll(async () => {
  ports = await takePortBlock()
  dataDir = mkdtempSync(join(tmpdir(), 'hotline-start-'))
})
afterEach(async () => {
  // Only a test that failed leaves one; its children go with it.
  for (const child of open) child.kill('SIGKILL')
  open = []
  await until(() => processesOfOurs().length === 0)
})
afterAll(async () => {
  await ports.release()
  rmSync(dataDir, { recursive: true })
})

interface Terminal {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  shown(): string
}

function startInTerminal(settings: NodeJS.ProcessEnv = {}): Terminal {
  const child = spawn(process.execPath, [join(PROJECT, 'scripts', 'start.ts')], {
    cwd: PROJECT,
    env: { ...environment(dataDir, ports), ...settings },
    // A process group of its own, as a terminal gives; Ctrl-C goes to all of it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  open.push(child)
  let shown = ''
  child.stdout.on('data', chunk => {
    shown += chunk
  })
  child.stderr.on('data', chunk => {
    shown += chunk
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  return { child, ended, shown: () => shown }
}

async function untilReady(terminal: Terminal): Promise<void> {
  await until(() => {
    if (terminal.child.exitCode !== null) throw new Error(terminal.shown())
    return terminal.shown().includes('the hotline is ready')
  }, 280_000)
}

function pressCtrlC(terminal: Terminal): void {
  process.kill(-(terminal.child.pid ?? Number.NaN), 'SIGINT')
}

/** Command lines of live processes that work in our data folder, the supervisor aside. */
function processesOfOurs(): string[] {
  const found: string[] = []
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8')
      const ours = command.includes(dataDir) || env.includes(`HOTLINE_DATA_DIR=${dataDir}`)
      if (ours && !command.includes('scripts/start.ts')) found.push(command)
    } catch {
      // It ended while we looked.
    }
  }
  return found
}

/** As it says itself. */
function secondsToReady(terminal: Terminal): number {
  return Number(/ready \(([\d.]+) s\)/.exec(terminal.shown())?.[1])
}

describe('npm start', () => {
  let firstStartS = 0

  test('comes up by itself, says where and who, and Ctrl-C leaves no process', async () => {
    const terminal = startInTerminal()
    await untilReady(terminal)
    const page = `http://127.0.0.1:${ports.http}`
    firstStartS = secondsToReady(terminal)
    expect(terminal.shown()).toContain(page)
    expect(terminal.shown()).toMatch(/demo accounts[^\n]*\n\s+\S+\s+\S+\s+\S+/)
    expect((await fetch(`${page}/healthz`)).status).toBe(200)
    expect((await fetch(page)).headers.get('content-type')).toContain('text/html')
    expect(processesOfOurs().length).toBeGreaterThan(2)

    pressCtrlC(terminal)
    expect(await terminal.ended).toBe(0)
    const order = [...terminal.shown().matchAll(/✓ (.+) ends/g)].map(([, name]) => name)
    expect(order).toEqual(['The service', 'Asterisk', 'PostgreSQL'])
    expect(processesOfOurs()).toEqual([])
  })

  test('with its data kept it is ready sooner than at first, and two cannot share the folder', async () => {
    const terminal = startInTerminal()
    await untilReady(terminal)
    expect(secondsToReady(terminal)).toBeLessThan(firstStartS)

    const second = startInTerminal()
    expect(await second.ended).toBe(1)
    expect(second.shown()).toContain('set HOTLINE_DATA_DIR to another folder')
    pressCtrlC(terminal)
    await terminal.ended
  })

  test('the service comes back when it dies; the PBX is not touched', async () => {
    const terminal = startInTerminal()
    await untilReady(terminal)
    const find = (part: string) => processesOfOurs().filter(command => command.includes(part))
    const asterisk = find('asterisk.conf')
    const pid = processOf('src/main.ts')
    process.kill(pid ?? Number.NaN, 'SIGKILL')
    await until(() => ![undefined, pid].includes(processOf('src/main.ts')))
    await until(() => healthy(ports.http), 30_000)
    expect(find('asterisk.conf')).toEqual(asterisk)

    // The supervisor itself is killed: the kernel ends what it started.
    terminal.child.kill('SIGKILL')
    await until(() => processesOfOurs().length === 0)
  })

  test('a port in use is named with its setting; a wrong setting stops the start', async () => {
    const server = createServer().listen(ports.pbxHttp, '127.0.0.1')
    await once(server, 'listening')
    const blocked = startInTerminal()
    expect(await blocked.ended).toBe(1)
    expect(blocked.shown()).toContain(`TCP port ${ports.pbxHttp} on 127.0.0.1 is already in use`)
    expect(blocked.shown()).toContain('set HOTLINE_PBX_HTTP_PORT to another')
    server.close()

    const wrong = startInTerminal({ HOTLINE_SEAT_COUNT: 'many' })
    expect(await wrong.ended).toBe(1)
    expect(wrong.shown()).toContain('HOTLINE_SEAT_COUNT is "many"')
  })
})

function processOf(part: string): number | undefined {
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8')
      if (command.includes(part) && env.includes(`HOTLINE_DATA_DIR=${dataDir}`)) return Number(pid)
    } catch {
      // It ended while we looked.
    }
  }
  return undefined
}

function healthy(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    answer => answer.ok,
    () => false,
  )
}
