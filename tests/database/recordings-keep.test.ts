import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallId } from '#kernel/ids.ts'
import { DAY_MS, MINUTE_MS } from '#kernel/time.ts'
import { type KeepingDeps, keepRecording } from '../../src/quality/recordings/index.ts'
import { rawSides } from '../support/audio.ts'
import { RecordingBench } from '../support/recordings.ts'

let bench: RecordingBench
beforeEach(async () => {
  bench = await RecordingBench.open()
})
afterEach(() => bench.close())

test('a raw file becomes a recording in the folder of its day; the raw file goes', async () => {
  const call = await bench.waitingCall(3_000)
  await keepRecording(bench.deps(), call)
  const row = await bench.row(call)
  expect(row).toMatchObject({ state: 'kept', length_differs: false, problem: null, duration_ms: 3_000 })
  expect(row.file_name).toMatch(new RegExp(`^\\d{4}/\\d\\d/\\d\\d/${call}\\.ogg$`))
  expect(await bench.finished()).toEqual([row.file_name])
  expect(await bench.files.fingerprint(row.file_name ?? '')).toEqual({ sha256: row.sha256, bytes: row.bytes })
  expect(await bench.raws()).toEqual([])
  expect(bench.alarms()).toEqual([])
})

test('a job that comes again, or twice at once, changes nothing', async () => {
  const call = await bench.waitingCall(3_000)
  await Promise.all([keepRecording(bench.deps(), call), keepRecording(bench.deps(), call)])
  const row = await bench.row(call)
  await keepRecording(bench.deps(), call)
  expect(await bench.row(call)).toEqual(row)
  expect(await bench.finished()).toEqual([row.file_name])
  expect(await bench.files.fingerprint(row.file_name ?? '')).toMatchObject({ sha256: row.sha256 })
})

class Crash extends Error {}

/** A process that dies at the n-th touch of the outer world, before or after it; dead, it touches nothing more. */
function dyingAt(bench: RecordingBench, fatal: number, when: 'before' | 'after') {
  const touched: string[] = []
  const process = { dead: false }
  function mortal<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        if (name === 'openRaw') return method.bind(target)
        return async (...args: unknown[]) => {
          if (process.dead) throw new Crash()
          const index = touched.push(String(name)) - 1
          if (index === fatal && when === 'before') process.dead = true
          if (process.dead) throw new Crash()
          const result: unknown = await method.apply(target, args)
          if (index === fatal) process.dead = true
          if (process.dead) throw new Crash()
          return result
        }
      },
    })
  }
  const deps: KeepingDeps = bench.deps({ files: mortal(bench.files), encoder: mortal(bench.encoder) })
  return { deps, touched, process }
}

/** In order, as a run without a crash touches them. */
const TOUCHES = [
  'raw',
  'newDraft',
  'encode',
  'durationMs',
  'keep',
  'discardDraft',
  'fingerprint',
  'fingerprint',
  'removeRaw',
]

test('a run touches files and encoder in this order', async () => {
  const call = await bench.waitingCall(1_000)
  const { deps, touched } = dyingAt(bench, Number.POSITIVE_INFINITY, 'after')
  await keepRecording(deps, call)
  expect(touched).toEqual(TOUCHES)
})

describe.each(TOUCHES.map((name, index) => ({ name, index })))(
  'a crash at step $index, $name',
  ({ index }) => {
    test.each(['before', 'after'] as const)('%s it loses nothing', async when => {
      const call = await bench.waitingCall(1_000)
      const { deps, process } = dyingAt(bench, index, when)
      await expect(keepRecording(deps, call)).rejects.toThrow(Crash)
      expect(process.dead).toBe(true)
      await expectSomethingToHear(call)

      await keepRecording(bench.deps(), call)
      const row = await bench.row(call)
      expect(row).toMatchObject({ state: 'kept', problem: null })
      expect(await bench.files.fingerprint(row.file_name ?? '')).toMatchObject({ sha256: row.sha256 })
      expect(await bench.raws()).toEqual([])
      await bench.files.discardDraftsOlderThan(Date.now() + DAY_MS)
      expect(await bench.finished()).toEqual([row.file_name])
    })
  },
)

/** The raw file is there, or the row's fingerprint is that of the file in its place. */
async function expectSomethingToHear(call: CallId): Promise<void> {
  const { raw_name, file_name, sha256 } = await bench.row(call)
  if ((await bench.raws()).includes(raw_name)) return
  expect(file_name).not.toBeNull()
  expect(await bench.files.fingerprint(file_name ?? '')).toMatchObject({ sha256 })
}

describe('the raw file', () => {
  test('that is not there is waited for, and given up with an alarm long after the call', async () => {
    const call = await bench.waitingCall(10_000, null)
    await expect(keepRecording(bench.deps(), call)).rejects.toThrow('there is no raw file')
    expect(await bench.row(call)).toMatchObject({ state: 'waiting', problem: null })
    expect(bench.alarms()).toEqual([])
    bench.now += 3 * MINUTE_MS
    await keepRecording(bench.deps(), call)
    const problem = 'there is no raw file; the talk lasted 10000 ms'
    expect(await bench.row(call)).toMatchObject({ state: 'missing', problem })
    expect(bench.alarms()).toEqual(['recording-missing'])
  })

  test('of a talk that ended as it began may be missing without an alarm', async () => {
    const call = await bench.waitingCall(80, null)
    bench.now += 3 * MINUTE_MS
    await keepRecording(bench.deps(), call)
    expect(await bench.row(call)).toMatchObject({ state: 'missing' })
    expect(bench.alarms()).toEqual([])
  })

  test('that is shorter than the talk is kept as it is, with an alarm', async () => {
    const call = await bench.waitingCall(10_000, 4_000)
    await expect(keepRecording(bench.deps(), call)).rejects.toThrow('shorter than the talk')
    bench.now += 3 * MINUTE_MS
    await keepRecording(bench.deps(), call)
    const problem = 'the recording lasts 4000 ms, the talk 10000 ms'
    expect(await bench.row(call)).toMatchObject({
      state: 'kept',
      length_differs: true,
      duration_ms: 4_000,
      problem,
    })
    expect(bench.alarms()).toEqual(['recording-length-differs'])
  })

  test('cut within a sample by a crash of the PBX is kept', async () => {
    const call = await bench.waitingCall(1_000, null)
    const { raw_name } = await bench.row(call)
    for (const side of rawSides(join(bench.spool, raw_name))) await writeFile(side, Buffer.alloc(15_999))
    bench.now += 3 * MINUTE_MS
    await keepRecording(bench.deps(), call)
    expect(await bench.row(call)).toMatchObject({ state: 'kept', duration_ms: 1_000 })
  })
})

/** The kernel's own device for it: every write to it fails for want of space. */
const FULL_DISK = '/dev/full'

test('a full disk keeps the raw file, says so, and is got over', async () => {
  const call = await bench.waitingCall(3_000)
  const files = Object.assign(Object.create(bench.files), {
    newDraft: async () => FULL_DISK,
    discardDraft: async () => undefined,
  })
  await expect(keepRecording(bench.deps({ files }), call)).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(await bench.row(call)).toMatchObject({ state: 'waiting', problem: 'no space left for recordings' })
  expect(await bench.raws()).toHaveLength(1)
  expect(bench.alarms()).toEqual(['recording-disk-full'])

  await keepRecording(bench.deps(), call)
  expect(await bench.row(call)).toMatchObject({ state: 'kept', problem: null })
})

test('an encoding that is not as long as the raw file is not kept', async () => {
  const call = await bench.waitingCall(3_000)
  const encoder = Object.assign(Object.create(bench.encoder), { durationMs: async () => 2_800 })
  await expect(keepRecording(bench.deps({ encoder }), call)).rejects.toThrow('2800 ms')
  expect(await bench.row(call)).toMatchObject({ state: 'waiting', file_name: null })
  expect(await bench.finished()).toEqual([])
  expect(await bench.raws()).toHaveLength(1)
  expect(bench.alarms()).toEqual(['recording-failed'])
})

test('a finished file that is gone before the raw file went is made again', async () => {
  const call = await bench.waitingCall(3_000)
  const { deps } = dyingAt(bench, TOUCHES.indexOf('removeRaw'), 'before')
  await expect(keepRecording(deps, call)).rejects.toThrow(Crash)
  const before = await bench.row(call)
  expect(before.state).toBe('encoded')
  await rm(join(bench.recordings, before.file_name ?? ''))
  await expect(keepRecording(bench.deps(), call)).rejects.toThrow('gone or has changed')
  await keepRecording(bench.deps(), call)
  expect(await bench.row(call)).toMatchObject({ state: 'kept', sha256: before.sha256 })
})
