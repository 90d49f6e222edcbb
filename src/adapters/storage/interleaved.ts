import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'

const SAMPLE_BYTES = 2
const CHUNK_BYTES = 64 * 1024

/**
 * Two files of 16-bit samples as one stereo stream, the first on the left. The shorter one, or one that is not
 * there, is silent to the end.
 */
export function interleaved([left, right]: readonly [string, string]): Readable {
  return Readable.from(stereoChunks(left, right))
}

async function* stereoChunks(left: string, right: string): AsyncGenerator<Buffer> {
  const sides = [await openIfThere(left), await openIfThere(right)]
  try {
    for (let at = 0; ; at += CHUNK_BYTES) {
      const [one, two] = await Promise.all(
        sides.map(side => side?.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, at)),
      )
      // A writer may have been cut off in the middle of a sample.
      const samples = Math.floor(Math.max(one?.bytesRead ?? 0, two?.bytesRead ?? 0) / SAMPLE_BYTES)
      if (samples === 0) return
      const stereo = Buffer.alloc(2 * samples * SAMPLE_BYTES)
      for (const [side, read] of [one, two].entries()) {
        const own = Math.floor((read?.bytesRead ?? 0) / SAMPLE_BYTES)
        for (let i = 0; i < own; i++) {
          stereo.writeInt16LE(read?.buffer.readInt16LE(i * SAMPLE_BYTES) ?? 0, (2 * i + side) * SAMPLE_BYTES)
        }
      }
      yield stereo
    }
  } finally {
    for (const side of sides) await side?.close()
  }
}

async function openIfThere(path: string) {
  return await open(path).catch(error => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
