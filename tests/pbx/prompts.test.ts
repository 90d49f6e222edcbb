import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AsteriskTools } from '../../scripts/instance/asterisk-tools.ts'
import { PROJECT } from '../../scripts/instance/folders.ts'
import { findAsteriskTools } from '../../scripts/instance/prepare.ts'
import { buildPrompts, readManifest } from '../../scripts/instance/prompts.ts'
import { runCommand } from '../../scripts/instance/run-command.ts'
import { readConfig } from '../../src/config.ts'

const SOUNDS = join(PROJECT, 'asterisk-config', 'sounds', 'zh')
const folder = mkdtempSync(join(tmpdir(), 'hotline-prompts-'))
const ignore = () => undefined
let tools: AsteriskTools

beforeAll(async () => {
  const { cacheDir } = readConfig({ HOTLINE_CACHE_DIR: process.env.HOTLINE_CACHE_DIR })
  tools = await findAsteriskTools(cacheDir, ignore)
  await buildPrompts(join(folder, 'built'), tools, ignore)
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(readManifest().prompts)('$name is spoken: $text', ({ name, text, spoken = text }) => {
  const { seconds, peak, rms } = measure(join(folder, 'built', 'hotline', `${name}.wav`))
  const syllables = spoken.replace(/[^\p{Script=Han}]/gu, '').length
  // 0.3 s are the silence around it; Mandarin runs at four to six syllables a second, one alone takes longer.
  const speech = seconds - 0.3
  expect(speech).toBeGreaterThan(0.12 * syllables)
  expect(speech).toBeLessThan(0.45 * syllables + 0.4)
  expect(peak).toBeGreaterThan(0.6)
  expect(peak).toBeLessThan(0.8)
  expect(rms).toBeGreaterThan(0.03)
})

test('no two prompts are the same recording', () => {
  const files = readManifest().prompts.map(({ name }) =>
    readFileSync(join(folder, 'built', 'hotline', `${name}.wav`)).toString('base64'),
  )
  expect(new Set(files).size).toBe(files.length)
})

test("a city's own recording replaces the synthesised one, whatever its rate", async () => {
  const sounds = join(folder, 'sounds')
  cpSync(SOUNDS, sounds, { recursive: true })
  mkdirSync(join(sounds, 'recorded'), { recursive: true })
  const recorded = join(sounds, 'recorded', 'apology.wav')
  await runCommand(tools.sox, ['-n', '-r', '44100', '-c', '2', recorded, 'synth', '2', 'sine', '440'])
  await buildPrompts(join(folder, 'own'), tools, ignore, sounds)
  expect(measure(join(folder, 'own', 'hotline', 'apology.wav')).seconds).toBeCloseTo(2.3, 1)
})

/** Length, and peak and mean level as parts of full scale; fails on any format but 8 kHz 16-bit mono PCM. */
function measure(file: string): { seconds: number; peak: number; rms: number } {
  const wav = readFileSync(file)
  const format = wav.indexOf('fmt ')
  const data = wav.indexOf('data')
  expect([
    wav.readUInt16LE(format + 8),
    wav.readUInt16LE(format + 10),
    wav.readUInt32LE(format + 12),
    wav.readUInt16LE(format + 22),
  ]).toEqual([1, 1, 8000, 16])
  const length = wav.readUInt32LE(data + 4) / 2
  const levels = Array.from({ length }, (_, index) => wav.readInt16LE(data + 8 + 2 * index) / 32_768)
  return {
    seconds: length / 8_000,
    peak: Math.max(...levels.map(Math.abs)),
    rms: Math.sqrt(levels.reduce((sum, level) => sum + level * level, 0) / levels.length),
  }
}
