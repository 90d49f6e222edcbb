import { isFree } from '../../scripts/instance/ports.ts'
import { type Hold, tryHold } from '../../src/adapters/system/only-one.ts'

/** Above the default settings and below the ports the system hands out, so that neither is met. */
const FIRST_PORT = Number(process.env.TEST_FIRST_PORT ?? '24000')
const BLOCK = 1_000
const LAST_PORT = FIRST_PORT >= 24_000 ? 31_999 : FIRST_PORT + BLOCK - 1

export interface PortBlock {
  readonly http: number
  readonly database: number
  readonly sip: number
  readonly pbxHttp: number
  readonly rtpMin: number
  readonly rtpMax: number
  release(): Promise<void>
}

/** A thousand ports of our own: no other test run of this machine has them while we hold them. */
export async function takePortBlock(): Promise<PortBlock> {
  for (let first = FIRST_PORT; first + BLOCK - 1 <= LAST_PORT; first += BLOCK) {
    const held = await tryHold(`test ports ${first}`)
    if (held === null) continue
    if (await allFree(first)) return block(first, held)
    await held.release()
  }
  throw new Error(`no free block of ports from ${FIRST_PORT} to ${LAST_PORT}: set TEST_FIRST_PORT to another`)
}

function block(first: number, held: Hold): PortBlock {
  return {
    http: first,
    database: first + 1,
    sip: first + 2,
    pbxHttp: first + 3,
    rtpMin: first + 20,
    rtpMax: first + BLOCK - 1,
    release: held.release,
  }
}

async function allFree(first: number): Promise<boolean> {
  const checks = [0, 1, 2, 3].map(offset => isFree('TCP', '127.0.0.1', first + offset))
  return (await Promise.all([...checks, isFree('UDP', '127.0.0.1', first + 2)])).every(Boolean)
}
