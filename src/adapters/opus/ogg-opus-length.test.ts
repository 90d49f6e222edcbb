import { describe, expect, test } from 'vitest'
import { oggOpusDurationMs } from './ogg-opus-length.ts'

interface PageParts {
  readonly flags: number
  readonly granule: bigint
  readonly serial?: number
  readonly payload: Buffer
}

function page({ flags, granule, serial = 7, payload }: PageParts): Buffer {
  const segments = [...Array(Math.floor(payload.length / 255)).fill(255), payload.length % 255]
  const header = Buffer.alloc(27)
  header.write('OggS')
  header.writeUInt8(flags, 5)
  header.writeBigInt64LE(granule, 6)
  header.writeUInt32LE(serial, 14)
  header.writeUInt8(segments.length, 26)
  return Buffer.concat([header, Buffer.from(segments), payload])
}

function opusHead(preSkip: number): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(2, 9)
  head.writeUInt16LE(preSkip, 10)
  return head
}

const first = page({ flags: 0x02, granule: 0n, payload: opusHead(312) })
const middle = page({ flags: 0, granule: 48_000n, payload: Buffer.alloc(600, 1) })
const last = page({ flags: 0x04, granule: 96_312n, payload: Buffer.alloc(700, 2) })
const length = (...pages: Buffer[]) => oggOpusDurationMs(Buffer.concat(pages), Buffer.concat(pages))

describe('length of an Ogg Opus file', () => {
  test('is the last granule position without the pre-skip, at 48 kHz', () => {
    expect(length(first, middle, last)).toBe(2_000)
  })

  test('is zero where nothing but the pre-skip was encoded', () => {
    expect(length(first, page({ flags: 0x04, granule: 312n, payload: Buffer.alloc(3) }))).toBe(0)
  })

  test('is not fooled by a page mark within the sound', () => {
    const payload = Buffer.concat([Buffer.alloc(100), middle.subarray(0, 300)])
    expect(length(first, page({ flags: 0x04, granule: 48_312n, payload }))).toBe(1_000)
  })

  test.each([
    ['the last page is missing', [first, middle]],
    ['the last page is cut', [first, middle, last.subarray(0, last.length - 1)]],
    ['something follows the last page', [first, last, Buffer.from('x')]],
    [
      'another stream ends the file',
      [first, page({ flags: 4, granule: 1n, serial: 8, payload: Buffer.alloc(1) })],
    ],
  ])('is refused when %s', (_, pages) => {
    expect(() => length(...pages)).toThrow('cut short')
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.alloc(500, 3)],
    ['Vorbis', page({ flags: 2, granule: 0n, payload: Buffer.from('\x01vorbis and some more bytes') })],
  ])('is refused for %s', (_, bytes) => {
    expect(() => length(bytes)).toThrow('not an Ogg Opus file')
  })
})
