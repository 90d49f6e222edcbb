import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOggOpusDurationMs } from '../../src/adapters/opus/ogg-opus-length.ts'
import { Opusenc } from '../../src/adapters/opus/opusenc.ts'
import { RecordingFolders } from '../../src/adapters/storage/recording-folders.ts'
import {
  channel,
  cut,
  decodeOgg,
  durationMs,
  leak,
  levelAt,
  loudness,
  rawSides,
  readRaw,
  readWav,
  type Sound,
  silence,
  stereo,
  tone,
  voice,
  writeALaw,
  writeRaw,
} from '../support/audio.ts'
import { audioTool, runAudioTool } from '../support/audio-tools.ts'

let folder: string
const encoder = new Opusenc(audioTool('opusenc'))
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotline-sound-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const files = () => new RecordingFolders(folder, folder)
const raw = () => join(folder, 'sound.raw')
const opened = () => files().openRaw('sound.raw')
const ogg = () => join(folder, 'sound.ogg')

async function throughOpus(sound: Sound): Promise<Sound> {
  await writeRaw(raw(), sound)
  await encoder.encode(opened(), ogg(), 1)
  return decodeOgg(ogg())
}

const APART_DB = 30

describe('the channels stay apart', () => {
  test('for 440 Hz left and 1 kHz right', async () => {
    const heard = await throughOpus(stereo(tone(440, 5), tone(1_000, 5)))
    expect(levelAt(heard, 0, 440) - levelAt(heard, 0, 1_000)).toBeGreaterThan(APART_DB)
    expect(levelAt(heard, 1, 1_000) - levelAt(heard, 1, 440)).toBeGreaterThan(APART_DB)
    expect(levelAt(heard, 0, 440)).toBeCloseTo(-6, 0)
  })

  test('for two voices at once', async () => {
    const [left, right] = [voice(120, 8, 1), voice(210, 8, 2)]
    const heard = await throughOpus(stereo(left, right))
    const [own, other] = [channel(left, 0), channel(right, 0)]
    expect(leak(channel(heard, 0), own, other)).toBeLessThan(-APART_DB)
    expect(leak(channel(heard, 1), other, own)).toBeLessThan(-APART_DB)
    expect(leak(channel(heard, 0), other, own)).toBeGreaterThan(-3)
  })

  test('for one who talks while the other is silent', async () => {
    const heard = cut(await throughOpus(stereo(voice(120, 5, 1), silence(5))), 200, 4_800)
    const [left = 0, right = 0] = [loudness(heard, 0)[0], loudness(heard, 1)[0]]
    expect(left - right).toBeGreaterThan(APART_DB)
  })
})

describe('the length', () => {
  test.each([0.02, 0.5, 1, 7.35, 61])(
    'of %d s of sound is what opusinfo says, and the raw file',
    async seconds => {
      await throughOpus(stereo(voice(120, seconds, 1), voice(210, seconds, 2)))
      const ours = await readOggOpusDurationMs(ogg())
      const [, minutes = '', rest = ''] =
        /Playback length: (\d+)m:([\d.]+)s/.exec(await runAudioTool('opusinfo', [ogg()])) ?? []
      expect(Math.abs(ours - (Number(minutes) * 60_000 + Number(rest) * 1_000))).toBeLessThanOrEqual(1)
      expect(ours).toBeCloseTo(seconds * 1_000, 5)
    },
  )

  test('of a file that lacks its end is refused', async () => {
    await throughOpus(stereo(tone(440, 3), tone(440, 3)))
    const bytes = await readFile(ogg())
    await writeFile(ogg(), bytes.subarray(0, bytes.length - 100))
    await expect(readOggOpusDurationMs(ogg())).rejects.toThrow('cut short')
  })
})

describe('the encoder', () => {
  test('gives the same bytes for the same sound and serial', async () => {
    await throughOpus(stereo(voice(120, 2, 1), voice(210, 2, 2)))
    const first = await readFile(ogg())
    await encoder.encode(opened(), ogg(), 1)
    expect(await readFile(ogg())).toEqual(first)
    await encoder.encode(opened(), ogg(), 2)
    expect(await readFile(ogg())).not.toEqual(first)
  })

  test('fills up the side that is shorter, or missing, with silence', async () => {
    await writeRaw(raw(), stereo(tone(440, 2), tone(1_000, 2)))
    const [, seat = ''] = rawSides(raw())
    await truncate(seat, 16_001)
    await encoder.encode(opened(), ogg(), 1)
    const cut = await decodeOgg(ogg())
    expect(durationMs(cut)).toBeCloseTo(2_000, -2)
    expect(loudness(cut, 1, 500).map(level => level > -40)).toEqual([true, true, false, false])
    await rm(seat)
    await encoder.encode(opened(), ogg(), 1)
    expect(levelAt(await decodeOgg(ogg()), 0, 440)).toBeCloseTo(-6, 0)
  })

  test('says why it failed', async () => {
    const full = join('/dev', 'full')
    await expect(encoder.encode(opened(), full, 1)).rejects.toThrow('ENOSPC')
    const absent = new Opusenc(join(folder, 'no-such-command'))
    await expect(absent.encode(opened(), ogg(), 1)).rejects.toThrow('cannot be run')
  })
})

describe('our measuring', () => {
  test('finds a tone and nothing beside it', () => {
    const sound = tone(440, 1)
    expect(levelAt(sound, 0, 440)).toBeCloseTo(-6.02, 1)
    expect(levelAt(sound, 0, 1_000)).toBeLessThan(-100)
    expect(loudness(sound, 0)[0]).toBeCloseTo(-9.03, 1)
  })

  test('follows loudness over time', () => {
    const [quiet, loud] = [channel(silence(1), 0), channel(tone(440, 1), 0)]
    const sound = { rate: 8_000, channels: [Float64Array.from([...quiet, ...loud])] }
    expect(loudness(sound, 0, 500).map(Math.round)).toEqual([-200, -200, -9, -9])
  })

  test('reads back the raw file it wrote', async () => {
    await writeRaw(raw(), stereo(tone(440, 1), tone(1_000, 1)))
    const back = await readRaw(raw())
    expect(durationMs(back)).toBe(1_000)
    expect(levelAt(back, 0, 440)).toBeCloseTo(-6.02, 1)
    expect(levelAt(back, 1, 440)).toBeLessThan(-80)
  })

  test('writes A-law as sox understands it', async () => {
    const [al, wav] = [join(folder, 'voice.al'), join(folder, 'voice.wav')]
    const said = voice(160, 2, 3)
    await writeALaw(al, said)
    await runAudioTool('sox', [
      '-t',
      'al',
      '-r',
      '8000',
      '-c',
      '1',
      al,
      '-e',
      'signed-integer',
      '-b',
      '16',
      wav,
    ])
    const back = channel(await readWav(wav), 0)
    const error = channel(said, 0).map((sample, i) => sample - (back[i] ?? 0))
    const loud = loudness(said, 0)[0] ?? 0
    expect(loud - (loudness({ rate: 8_000, channels: [error] }, 0)[0] ?? 0)).toBeGreaterThan(35)
  })
})
