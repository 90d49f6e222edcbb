import { chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { RAW_PATIENCE_MS } from '../../src/quality/recordings/rules.ts'
import { Floor } from '../support/floor.ts'
import { until } from '../support/until.ts'

/** No recording is ever a reason not to talk, and none is missed in silence. */

const LINE = '12320'

let floor: Floor

beforeAll(async () => {
  // A terabyte: no machine that runs this has so much to spare.
  floor = await Floor.open({ HOTLINE_RECORDING_SPARE_MIB: '1000000', HOTLINE_WRAP_UP_MS: '0' })
})
afterAll(async () => {
  await floor?.close()
})
afterEach(() => floor.clear())

async function recordingOf(call: string) {
  const { rows } = await floor.db.query('select * from recordings where call_id = $1', [call])
  return rows[0]
}

test('a disk that is nearly full is named, with its figures, and calls go on and are recorded', async () => {
  await floor.untilUnwell(['recording-disk'])
  const part = (await floor.health())?.['recording-disk']
  expect(part?.detail).toMatch(/^\d+ MiB free in .+, \d+ MiB free in .+; 1000000 MiB wanted$/)

  await floor.phone(['1001'], 200)
  await floor.sitDown('a1001', '1001')
  const citizen = await floor.citizen('13888880001', LINE)
  await floor.untilNoted('13888880001', 'bridged')
  await citizen.hangUp()
  const call = await floor.endedCall('13888880001')
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up' })
  await until(async () => (await recordingOf(call.id))?.state === 'kept', 30_000)
})

test('a spool that Asterisk cannot write: they talk, and the recording ends as missing, with the problem', async () => {
  const spool = join(floor.stack.config.dataDir, 'spool', 'raw')
  const { uid, gid } = statSync(spool)
  chownSync(spool, process.getuid?.() ?? uid, process.getgid?.() ?? gid)
  chmodSync(spool, 0o500)
  try {
    await floor.phone(['1001'], 200)
    await floor.sitDown('a1001', '1001')
    const citizen = await floor.citizen('13888880002', LINE)
    const { bridged_at } = await floor.untilNoted('13888880002', 'bridged')
    // Longer than the allowance: somebody would miss this recording.
    await until(() => Date.now() - (bridged_at?.getTime() ?? 0) > 1_000)
    await citizen.hangUp()
  } finally {
    chmodSync(spool, 0o700)
    chownSync(spool, uid, gid)
  }
  const call = await floor.endedCall('13888880002')
  expect(call).toMatchObject({ result: 'completed', reason: 'hung-up' })
  expect(await recordingOf(call.id)).toMatchObject({ state: 'waiting' })
  // A busy disk is given time; as if that were over.
  await floor.db.query(`update calls set ended_at = ended_at - $1 * interval '1 ms' where id = $2`, [
    RAW_PATIENCE_MS,
    call.id,
  ])
  await until(async () => (await recordingOf(call.id))?.state === 'missing', 30_000)
  expect((await recordingOf(call.id)).problem).toMatch(/^there is no raw file; the talk lasted \d+ ms$/)
})
