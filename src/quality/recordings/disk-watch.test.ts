import pino from 'pino'
import { expect, test } from 'vitest'
import { DiskWatch } from './disk-watch.ts'

const MIB = 1024 * 1024

function watch() {
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: line => lines.push(JSON.parse(line)) })
  const disk = { freeMiB: 5_000, broken: false, now: 1_000 }
  const files = {
    async space() {
      if (disk.broken) throw new Error('EIO')
      return [
        { folder: '/spool', freeBytes: 9_000 * MIB },
        { folder: '/recordings', freeBytes: disk.freeMiB * MIB },
      ]
    },
  }
  const subject = new DiskWatch(files, 1_024, { now: () => disk.now }, log)
  return { disk, subject, alarms: () => lines.filter(line => line.alarm === 'recording-disk') }
}

test('a disk with room is in order', async () => {
  const { subject } = watch()
  expect(await subject.check()).toEqual({ ok: true, since: 1_000, detail: 'more than 1024 MiB free' })
})

test('a disk that fills up raises one alarm, names the folder, and is in order again once there is room', async () => {
  const { disk, subject, alarms } = watch()
  await subject.check()
  disk.now = 2_000
  disk.freeMiB = 1_023
  const detail = '1023 MiB free in /recordings; 1024 MiB wanted'
  expect(await subject.check()).toEqual({ ok: false, since: 2_000, detail })
  expect(alarms()).toMatchObject([{ detail }])
  disk.now = 3_000
  disk.freeMiB = 1_000
  expect(await subject.check()).toMatchObject({ ok: false, since: 2_000 })
  expect(alarms()).toHaveLength(1)
  disk.now = 4_000
  disk.freeMiB = 2_000
  expect(await subject.check()).toMatchObject({ ok: true, since: 4_000 })
  expect(subject.health().ok).toBe(true)
})

test('a disk full at the first look raises the alarm', async () => {
  const { disk, subject, alarms } = watch()
  disk.freeMiB = 0
  await subject.check()
  expect(alarms()).toHaveLength(1)
})

test('a folder that cannot be asked is not in order', async () => {
  const { disk, subject, alarms } = watch()
  disk.broken = true
  expect(await subject.check()).toMatchObject({ ok: false, detail: 'free space cannot be read: Error: EIO' })
  expect(alarms()).toHaveLength(1)
})
