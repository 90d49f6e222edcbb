export interface WavForm {
  readonly channels: number
  readonly sampleRate: number
  readonly durationMs: number
}

/** PCM, IEEE float, A-law, µ-law, and the extensible form that wraps them. */
const ENCODINGS = [1, 3, 6, 7, 0xfffe]
const MOST_CHANNELS = 2
const RATES = { least: 8_000, most: 96_000 }

/** What a RIFF WAVE file says of itself, by its content; null: it is none, or none that is fit for a telephone. */
export function readWav(bytes: Buffer): WavForm | null {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return null
  if (bytes.toString('latin1', 8, 12) !== 'WAVE') return null
  let form: { channels: number; sampleRate: number; bytesPerSecond: number } | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const stated = bytes.readUInt32LE(at + 4)
    const body = at + 8
    if (name === 'fmt ' && stated >= 16 && body + 16 <= bytes.length) form = readFormat(bytes, body)
    if (name === 'data') {
      if (form === null) return null
      // A recorder that was cut off, or wrote to a pipe, states more than there is.
      const length = Math.min(stated, bytes.length - body)
      const { channels, sampleRate, bytesPerSecond } = form
      return { channels, sampleRate, durationMs: Math.round((length / bytesPerSecond) * 1_000) }
    }
    at = body + stated + (stated % 2)
  }
  return null
}

function readFormat(bytes: Buffer, at: number) {
  const channels = bytes.readUInt16LE(at + 2)
  const sampleRate = bytes.readUInt32LE(at + 4)
  const bytesPerSecond = bytes.readUInt32LE(at + 8)
  const isFit =
    ENCODINGS.includes(bytes.readUInt16LE(at)) &&
    channels >= 1 &&
    channels <= MOST_CHANNELS &&
    sampleRate >= RATES.least &&
    sampleRate <= RATES.most &&
    bytesPerSecond >= channels * sampleRate
  return isFit ? { channels, sampleRate, bytesPerSecond } : null
}
