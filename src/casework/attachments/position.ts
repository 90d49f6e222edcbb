import { crc32 } from 'node:zlib'

/** EXIF's entry that says where the GPS directory is: a LONG, once. */
const GPS_POINTER = 0x8825
const LONG = 4
/** Sizes of EXIF's value types, by their number. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
/** More entries than any camera writes: then it was no directory. */
const MOST_ENTRIES = 512

/**
 * A photo or film without the place where it was taken, as long as before and the same in every other byte: EXIF's GPS
 * directory (JPEG, HEIC, WebP, PNG), XMP's GPS properties where they are plain text, and QuickTime's ISO 6709 in films.
 * @returns null when there was no place in it
 */
export function withoutPosition(file: Buffer): Buffer | null {
  const bytes = Buffer.from(file)
  const blanked = [
    ...startsOf(bytes, Buffer.from('II*\0', 'latin1')).map(start => blankGps(bytes, start, 'LE')),
    ...startsOf(bytes, Buffer.from('MM\0*', 'latin1')).map(start => blankGps(bytes, start, 'BE')),
    ...startsOf(bytes, Buffer.from('GPS', 'latin1')).map(start => blankText(bytes, start, 200, XMP)),
    ...startsOf(bytes, Buffer.from('\xa9xyz', 'latin1')).map(start => blankText(bytes, start, 100, ISO_6709)),
    ...startsOf(bytes, Buffer.from('location.ISO6709', 'latin1')).map(start =>
      blankText(bytes, start, 8_192, ISO_6709),
    ),
  ]
  if (!blanked.includes(true)) return null
  signPng(bytes)
  return bytes
}

/** `exif:GPSLatitude="18,15.2N"`, or the same as an element. */
const XMP = /^GPS(?:Dest)?(?:Latitude|Longitude|Altitude)\w*\s*(?:=\s*["']|>)([^"'<]*)/
const ISO_6709 = /([+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?)/

function startsOf(bytes: Buffer, mark: Buffer): readonly number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) found.push(at)
  return found
}

/** Zeros for digits: its length, and whatever counts it, stay right. */
function blankText(bytes: Buffer, start: number, within: number, pattern: RegExp): boolean {
  const text = bytes.toString('latin1', start, Math.min(bytes.length, start + within))
  const match = pattern.exec(text)
  const [whole, place] = match ?? []
  if (match === null || whole === undefined || place === undefined || !/[1-9]/.test(place)) return false
  const at = start + match.index + whole.lastIndexOf(place)
  bytes.write(place.replaceAll(/\d/g, '0'), at, 'latin1')
  return true
}

/** @param start where a TIFF header may be; what does not read as one is left as it is */
function blankGps(bytes: Buffer, start: number, order: 'LE' | 'BE'): boolean {
  const u16 = (at: number) =>
    at + 2 > bytes.length ? -1 : order === 'LE' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const u32 = (at: number) =>
    at + 4 > bytes.length ? -1 : order === 'LE' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  const entriesAt = (directory: number) => {
    const count = u16(directory)
    if (directory < start + 8 || count < 1 || count > MOST_ENTRIES) return []
    const entries = Array.from({ length: count }, (_, i) => directory + 2 + 12 * i)
    return entries.every(entry => entry + 12 <= bytes.length) ? entries : []
  }
  const pointer = entriesAt(start + u32(start + 4)).find(
    entry => u16(entry) === GPS_POINTER && u16(entry + 2) === LONG && u32(entry + 4) === 1,
  )
  if (pointer === undefined) return false
  const directory = start + u32(pointer + 8)
  const entries = entriesAt(directory)
  if (entries.length === 0) return false
  for (const entry of entries) {
    const size = (TYPE_BYTES[u16(entry + 2)] ?? 0) * u32(entry + 4)
    const value = start + u32(entry + 8)
    if (size > 4 && value + size <= bytes.length) bytes.fill(0, value, value + size)
    bytes.fill(0, entry, entry + 12)
  }
  // An empty directory: no entries, and none after it.
  bytes.fill(0, directory, directory + 2)
  return true
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Every chunk of a PNG ends with the CRC of its type and data. */
function signPng(bytes: Buffer): void {
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) return
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
}
