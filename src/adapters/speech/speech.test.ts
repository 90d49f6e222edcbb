import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnnouncementFolder } from './announcement-folder.ts'
import { spokenText } from './spoken-text.ts'
import { readWav } from './wav.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'announcements-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A tone's worth of header and zeros. */
function wav(change: { rate?: number; channels?: number; encoding?: number; seconds?: number } = {}): Buffer {
  const { rate = 8_000, channels = 1, encoding = 1, seconds = 2 } = change
  const data = Buffer.alloc(rate * channels * 2 * seconds)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(encoding, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

test('a wav is known by its content', () => {
  expect(readWav(wav())).toEqual({ channels: 1, sampleRate: 8_000, durationMs: 2_000 })
  expect(readWav(wav({ rate: 48_000, channels: 2, seconds: 1 }))?.durationMs).toBe(1_000)
  const cut = wav().subarray(0, 44 + 8_000)
  expect(readWav(cut)?.durationMs).toBe(500)
  for (const not of [
    Buffer.from(''),
    Buffer.from('ID3 an mp3 by another name, and long enough to be one'),
    wav().subarray(0, 40),
    wav({ encoding: 85 }),
    wav({ channels: 6 }),
    wav({ rate: 4_000 }),
  ]) {
    expect(readWav(not)).toBeNull()
  }
})

test('numbers to be dialled are spelt, small ones are not', () => {
  expect(spokenText('请按1，或拨打12345转110', 'zh')).toBe('请按1，或拨打一二三四五转一一零')
  expect(spokenText('请按12', 'yue')).toBe('请按12')
  expect(spokenText('Dial 12345, or press 2', 'en')).toBe('Dial 1 2 3 4 5, or press 2')
})

test('the same words have the same name, another voice or word another', () => {
  const folderless = new AnnouncementFolder(folder, { espeak: '', sox: '' }, 60_000)
  const id = folderless.idOf('您好', 'zh')
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(folderless.idOf('您好', 'zh')).toBe(id)
  expect(new Set([id, folderless.idOf('您好', 'yue'), folderless.idOf('您好！', 'zh')]).size).toBe(3)
})

test('a tool that is not there is told, and nothing is left behind', async () => {
  const toolless = new AnnouncementFolder(
    folder,
    { espeak: join(folder, 'espeak'), sox: join(folder, 'sox') },
    60_000,
  )
  expect(await toolless.speak('您好', 'zh')).toMatchObject({ ok: false, problem: 'cannot-be-made' })
  expect(await toolless.take(wav())).toMatchObject({ ok: false, problem: 'cannot-be-made' })
  expect(await toolless.take(wav({ seconds: 61 }))).toMatchObject({ ok: false, problem: 'too-long' })
  expect(await toolless.take(Buffer.from('no wav'))).toMatchObject({ ok: false, problem: 'not-a-wav' })
  expect(await toolless.read(toolless.idOf('您好', 'zh'))).toBeNull()
  expect(await readdir(folder)).toEqual([])
})
