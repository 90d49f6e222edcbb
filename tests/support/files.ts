import { crc32, deflateRawSync } from 'node:zlib'

/** Files as phones and offices make them, byte by byte, and as attackers do. */

const latin = (text: string) => Buffer.from(text, 'latin1')
const u16 = (value: number) => Buffer.from([value & 255, value >> 8])
const u32 = (value: number) =>
  Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])
const big = (value: number) => Buffer.from(u32(value)).reverse()

/** EXIF with an orientation and a place: 18°15′12″ N. */
export function exifWithPlace(): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([u16(tag), u16(type), u32(count), value])
  const gpsAt = 8 + 2 + 2 * 12 + 4
  const degreesAt = gpsAt + 2 + 2 * 12 + 4
  return Buffer.concat([
    latin('II*\0'),
    u32(8),
    u16(2),
    entry(0x0112, 3, 1, u32(6)),
    entry(0x8825, 4, 1, u32(gpsAt)),
    u32(0),
    u16(2),
    entry(1, 2, 2, latin('N\0\0\0')),
    entry(2, 5, 3, u32(degreesAt)),
    u32(0),
    ...[18, 1, 15, 1, 12, 1].map(u32),
  ])
}

export function jpeg(exif: Buffer = Buffer.alloc(0)): Buffer {
  const app1 = Buffer.concat([latin('Exif\0\0'), exif])
  const length = Buffer.from([(app1.length + 2) >> 8, (app1.length + 2) & 255])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    length,
    app1,
    Buffer.from([0xff, 0xdb, 0, 4, 0, 0, 0xff, 0xd9]),
  ])
}

export function png(exif: Buffer | null = null): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const signed = Buffer.concat([latin(type), data])
    return Buffer.concat([big(data.length), signed, big(crc32(signed))])
  }
  return Buffer.concat([
    latin('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...(exif === null ? [] : [chunk('eXIf', exif)]),
    chunk('IDAT', Buffer.from('789c6360000000020001', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** An MP4 whose camera wrote down where it was. */
export function mp4(place = '+18.2533+109.5036/'): Buffer {
  const box = (type: string, ...content: readonly Buffer[]) => {
    const data = Buffer.concat(content)
    return Buffer.concat([big(data.length + 8), latin(type), data])
  }
  const text = Buffer.concat([Buffer.from([0, place.length, 0x15, 0xc7]), latin(place)])
  return Buffer.concat([
    box('ftyp', latin('isom'), big(512), latin('isomiso2mp41')),
    box('moov', box('udta', box('\xa9xyz', text))),
    box('mdat', Buffer.alloc(64)),
  ])
}

export interface ZipEntry {
  readonly name: string
  readonly data: Buffer
}

export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data, { level: 9 })
    const sizes = Buffer.concat([u32(crc32(data)), u32(packed.length), u32(data.length)])
    const head = Buffer.concat([u16(20), u16(0), u16(8), u32(0), sizes, u16(name.length), u16(0)])
    const local = Buffer.concat([latin('PK\x03\x04'), head, latin(name), packed])
    locals.push(local)
    const place = Buffer.concat([u16(0), u16(0), u16(0), u32(0), u32(offset)])
    directory.push(Buffer.concat([latin('PK\x01\x02'), u16(20), head, place, latin(name)]))
    offset += local.length
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const count = u16(entries.length)
  const end = Buffer.concat([
    latin('PK\x05\x06'),
    u16(0),
    u16(0),
    count,
    count,
    u32(size),
    u32(offset),
    u16(0),
  ])
  return Buffer.concat([...locals, ...directory, end])
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const MACROS = 'application/vnd.ms-word.document.macroEnabled.main+xml'

/** @param more what else is in it, such as a part that unpacks to a gigabyte */
export function docx(more: readonly ZipEntry[] = [], macros = false): Buffer {
  const types = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${macros ? MACROS : WORD}"/></Types>`
  return zip([
    { name: '[Content_Types].xml', data: Buffer.from(types) },
    { name: '_rels/.rels', data: Buffer.from('<Relationships/>') },
    { name: 'word/document.xml', data: Buffer.from('<w:document/>') },
    ...more,
  ])
}
