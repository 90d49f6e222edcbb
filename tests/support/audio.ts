import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAudioTool } from './audio-tools.ts'

/** Sound in memory: one array of samples (−1 … 1) a channel, all of one length. */
export interface Sound {
  readonly rate: number
  readonly channels: readonly Float64Array[]
}

/** Telephone sound: all that the PBX writes and SIPp sends. */
export const PHONE_RATE = 8_000

/** A recording as it is heard. 8 kHz holds all that a telephone carries. */
export async function decodeOgg(path: string): Promise<Sound> {
  const wav = join(tmpdir(), `${randomUUID()}.wav`)
  try {
    await runAudioTool('opusdec', ['--quiet', '--rate', String(PHONE_RATE), path, wav])
    return await readWav(wav)
  } finally {
    await rm(wav, { force: true })
  }
}

/** PCM, 16 bits. */
export async function readWav(path: string): Promise<Sound> {
  const bytes = await readFile(path)
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error(`${path} is no WAV file`)
  let at = 12
  let format = { channels: 1, rate: PHONE_RATE }
  while (at + 8 <= bytes.length) {
    const [name, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)]
    const body = bytes.subarray(at + 8, at + 8 + size)
    if (name === 'fmt ') format = { channels: body.readUInt16LE(2), rate: body.readUInt32LE(4) }
    if (name === 'data') return fromPcm(body, format.channels, format.rate)
    at += 8 + size + (size % 2)
  }
  throw new Error(`${path} holds no sound`)
}

/** What the PBX writes of a talk: `NAME.caller.raw` and `NAME.seat.raw` for `NAME.raw`, 16-bit, 8 kHz. */
export async function readRaw(path: string): Promise<Sound> {
  const [caller, seat] = await Promise.all(
    rawSides(path).map(async side => fromPcm(await readFile(side), 1, PHONE_RATE)),
  )
  if (caller === undefined || seat === undefined) throw new Error(path)
  return stereo(caller, seat)
}

export async function writeRaw(path: string, sound: Sound): Promise<void> {
  for (const [index, side] of rawSides(path).entries()) {
    await writeFile(side, toPcm({ rate: sound.rate, channels: [channel(sound, index)] }))
  }
}

export function rawSides(path: string): readonly string[] {
  return ['caller', 'seat'].map(side => path.replace(/\.raw$/, `.${side}.raw`))
}

/** G.711 A-law without a header, as SIPp's `rtp_stream` sends it. Mono. */
export async function writeALaw(path: string, sound: Sound): Promise<void> {
  await writeFile(
    path,
    Uint8Array.from(channel(sound, 0), sample => encodeALaw(Math.round(sample * 32_767))),
  )
}

/** A sine at half of full scale. */
export function tone(hz: number, seconds: number, rate = PHONE_RATE): Sound {
  return {
    rate,
    channels: [Float64Array.from({ length: seconds * rate }, (_, i) => 0.5 * wave(hz, i, rate))],
  }
}

/**
 * Sound with a voice's nature: a gliding pitch with harmonics, in syllables of changing loudness with pauses
 * between. `seed` makes two that differ in everything.
 */
export function voice(pitchHz: number, seconds: number, seed: number, rate = PHONE_RATE): Sound {
  let phase = 0
  const samples = Float64Array.from({ length: seconds * rate }, (_, i) => {
    const t = i / rate
    phase += (2 * Math.PI * pitchHz * (1 + 0.2 * Math.sin(2 * Math.PI * (0.7 + 0.1 * seed) * t))) / rate
    const syllable = Math.max(0, Math.sin(2 * Math.PI * (2 + 0.3 * seed) * t + seed))
    let sum = 0
    for (let harmonic = 1; harmonic * pitchHz * 1.2 < 3_400; harmonic++) {
      sum += Math.sin(harmonic * phase + harmonic * seed) / harmonic
    }
    return 0.3 * syllable * sum
  })
  return { rate, channels: [samples] }
}

export function silence(seconds: number, rate = PHONE_RATE): Sound {
  return { rate, channels: [new Float64Array(seconds * rate)] }
}

/** Two mono sounds of one length as left and right. */
export function stereo(left: Sound, right: Sound): Sound {
  return { rate: left.rate, channels: [channel(left, 0), channel(right, 0)] }
}

export function channel(sound: Sound, index: number): Float64Array {
  const found = sound.channels[index]
  if (found === undefined) throw new Error(`the sound has no channel ${index}`)
  return found
}

export function durationMs(sound: Sound): number {
  return (channel(sound, 0).length / sound.rate) * 1_000
}

/** Part of a sound. */
export function cut(sound: Sound, fromMs: number, toMs: number): Sound {
  const [from, to] = [fromMs, toMs].map(ms => Math.round((ms / 1_000) * sound.rate))
  return { rate: sound.rate, channels: sound.channels.map(samples => samples.slice(from, to)) }
}

/**
 * How loud one frequency is in a channel (Goertzel), in dB below a full-scale sine. Nothing at all is −200.
 * The resolution is one over the sound's length: a second tells 440 Hz from 441.
 */
export function levelAt(sound: Sound, index: number, hz: number): number {
  const samples = channel(sound, index)
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sound.rate)
  let [before, last] = [0, 0]
  for (const sample of samples) [before, last] = [last, sample + turn * last - before]
  const power = last * last + before * before - turn * last * before
  return decibel((2 * Math.sqrt(Math.max(0, power))) / samples.length)
}

/**
 * As `levelAt`, at its loudest fifth of a second. For sound that came over a network: a late packet shifts the
 * tone, and over a longer time it then cancels itself.
 */
export function peakLevelAt(sound: Sound, index: number, hz: number): number {
  const windowMs = 200
  const starts = Array.from({ length: Math.floor(durationMs(sound) / windowMs) }, (_, i) => i * windowMs)
  return Math.max(...starts.map(from => levelAt(cut(sound, from, from + windowMs), index, hz)))
}

/** Loudness of a channel, in dB below a full-scale square wave, for each window of its length. */
export function loudness(sound: Sound, index: number, windowMs = durationMs(sound)): readonly number[] {
  const samples = channel(sound, index)
  const size = Math.max(1, Math.round((windowMs / 1_000) * sound.rate))
  const windows: number[] = []
  for (let at = 0; at + size <= samples.length; at += size) {
    const sum = samples.subarray(at, at + size).reduce((total, sample) => total + sample * sample, 0)
    windows.push(decibel(Math.sqrt(sum / size)))
  }
  return windows
}

/** The loudest part of this length: what a longer sound is known by. */
export function loudestPart(sound: Sound, ms: number): Sound {
  const stepMs = 50
  const starts = Array.from(
    { length: Math.max(1, Math.floor((durationMs(sound) - ms) / stepMs) + 1) },
    (_, i) => i * stepMs,
  )
  const level = (from: number) => loudness(cut(sound, from, from + ms), 0)[0] ?? -200
  const [loudest = 0] = starts.toSorted((a, b) => level(b) - level(a))
  return cut(sound, loudest, loudest + ms)
}

/** How alike `part` is to the likest place in `sound`: 1 is the same but for the level, 0 nothing of it. */
export function likeness(sound: Sound, part: Sound): number {
  const [long, short] = [channel(sound, 0), channel(part, 0)]
  const shortPower = dot(short, short)
  let best = 0
  for (let at = 0; at + short.length <= long.length; at++) {
    let [product, power] = [0, 0]
    for (let i = 0; i < short.length; i++) {
      const sample = long[at + i] ?? 0
      product += sample * (short[i] ?? 0)
      power += sample * sample
    }
    if (power > 0) best = Math.max(best, product / Math.sqrt(power * shortPower))
  }
  return best
}

/** How much of `other` is found in a channel beside its `own` sound, in dB: least squares over both. */
export function leak(heard: Float64Array, own: Float64Array, other: Float64Array): number {
  const [oo, xx, ox] = [dot(own, own), dot(other, other), dot(own, other)]
  return decibel(Math.abs((dot(heard, other) * oo - dot(heard, own) * ox) / (oo * xx - ox * ox)))
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, sample, i) => sum + sample * (b[i] ?? 0), 0)
}

function decibel(amplitude: number): number {
  return 20 * Math.log10(Math.max(amplitude, 1e-10))
}

function wave(hz: number, i: number, rate: number): number {
  return Math.sin((2 * Math.PI * hz * i) / rate)
}

function fromPcm(bytes: Buffer, count: number, rate: number): Sound {
  const frames = Math.floor(bytes.length / 2 / count)
  const channels = Array.from({ length: count }, (_, at) =>
    Float64Array.from({ length: frames }, (_, frame) => bytes.readInt16LE(2 * (frame * count + at)) / 32_768),
  )
  return { rate, channels }
}

function toPcm({ channels }: Sound): Buffer {
  const frames = Math.min(...channels.map(samples => samples.length))
  const bytes = Buffer.alloc(frames * channels.length * 2)
  for (const [at, samples] of channels.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const value = Math.max(-1, Math.min(1, samples[frame] ?? 0))
      bytes.writeInt16LE(Math.round(value * 32_767), 2 * (frame * channels.length + at))
    }
  }
  return bytes
}

/** ITU-T G.711 A-law: sign, three bits of segment, four of step; even bits inverted. */
export function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const magnitude = Math.min(0xfff, (sample >= 0 ? sample : -sample - 1) >> 3)
  const segment = Math.max(0, 27 - Math.clz32(magnitude))
  const step = segment < 2 ? (magnitude >> 1) & 0x0f : (magnitude >> segment) & 0x0f
  return (sign | (segment << 4) | step) ^ 0x55
}

/** The middle of the step that `encodeALaw` chose: 16 bits, signed. */
export function decodeALaw(byte: number): number {
  const code = byte ^ 0x55
  const segment = (code >> 4) & 0x07
  const step = ((code & 0x0f) << 4) + 8
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1)
  return (code & 0x80) === 0 ? -magnitude : magnitude
}
