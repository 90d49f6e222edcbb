import { open } from 'node:fs/promises'

/** RFC 3533 §6: a page's header, its table of segments, and at most 255 segments of 255 bytes. */
const MAX_PAGE_BYTES = 27 + 255 + 255 * 255
const END_OF_STREAM = 0x04
/** RFC 7845 §4: granule positions count samples at 48 kHz, whatever the input's rate was. */
const SAMPLES_PER_MS = 48

/** Length of an Ogg Opus file (one stream), read from its first and last page. Throws when it is none, or cut short. */
export async function readOggOpusDurationMs(path: string): Promise<number> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(size, MAX_PAGE_BYTES))
    const tail = Buffer.alloc(Math.min(size, MAX_PAGE_BYTES))
    await file.read(head, 0, head.length, 0)
    await file.read(tail, 0, tail.length, size - tail.length)
    return oggOpusDurationMs(head, tail)
  } finally {
    await file.close()
  }
}

/**
 * RFC 7845 §4.3: the last page's granule position minus the pre-skip.
 * @param head the file's beginning, at least its first page
 * @param tail the file's end, at least its last page
 */
export function oggOpusDurationMs(head: Buffer, tail: Buffer): number {
  const first = pageAt(head, 0)
  const packet = first === null ? Buffer.alloc(0) : head.subarray(first.body)
  if (first === null || packet.length < 19 || packet.toString('latin1', 0, 8) !== 'OpusHead') {
    throw new Error('not an Ogg Opus file')
  }
  const preSkip = packet.readUInt16LE(10)
  const last = lastPage(tail, first.serial)
  if (last === null) throw new Error('the Ogg stream is cut short: its last page is missing')
  return Math.max(0, Number(last.granule) - preSkip) / SAMPLES_PER_MS
}

interface Page {
  readonly flags: number
  readonly granule: bigint
  readonly serial: number
  /** Where the payload begins and where it ends. */
  readonly body: number
  readonly end: number
}

/** The page that ends exactly where the file ends and says that the stream does, too. */
function lastPage(tail: Buffer, serial: number): Page | null {
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const page = pageAt(tail, at)
    if (page?.serial === serial && page.end === tail.length && (page.flags & END_OF_STREAM) !== 0) return page
  }
  return null
}

function pageAt(bytes: Buffer, at: number): Page | null {
  if (bytes.length < at + 27 || bytes.toString('latin1', at, at + 4) !== 'OggS' || bytes[at + 4] !== 0)
    return null
  const body = at + 27 + bytes.readUInt8(at + 26)
  if (bytes.length < body) return null
  const length = bytes.subarray(at + 27, body).reduce((sum, segment) => sum + segment, 0)
  return {
    flags: bytes.readUInt8(at + 5),
    granule: bytes.readBigInt64LE(at + 6),
    serial: bytes.readUInt32LE(at + 14),
    body,
    end: body + length,
  }
}
