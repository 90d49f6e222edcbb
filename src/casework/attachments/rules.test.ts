import { describe, expect, test } from 'vitest'
import { exifWithPlace, jpeg, mp4, png } from '../../../tests/support/files.ts'
import { ALLOWED_TYPES } from './limits.ts'
import { withoutPosition } from './position.ts'
import { disposition } from './routes.ts'
import { checkRoom, foundText, safeName, typeOf } from './rules.ts'

const [jpg] = ALLOWED_TYPES
if (jpg === undefined) throw new Error('no type is allowed')

describe('what may be attached', () => {
  test.each([
    ['image/jpeg', '现场.JPG', 'image/jpeg'],
    ['image/jpeg', 'a.jpeg', ''],
    ['image/jpeg', 'a.jpg', 'application/octet-stream'],
    ['audio/wav', 'a.wav', 'audio/x-wav'],
    ['text/plain', 'a.txt', 'text/plain'],
  ])('%s called %s, %s', (found, name, mime) => expect(typeOf(found, { name, mime }).ok).toBe(true))

  test.each([
    ['image/jpeg', 'a.png', 'image/png', 'attachment-type-differs'],
    ['image/jpeg', 'a.jpg', 'image/png', 'attachment-type-differs'],
    ['image/jpeg', 'a.jpg.exe', '', 'attachment-type-differs'],
    ['image/jpeg', 'jpg', '', 'attachment-type-differs'],
    ['text/html', 'a.txt', 'text/plain', 'attachment-type-refused'],
    ['application/zip', 'a.docx', '', 'attachment-type-refused'],
    ['image/gif', 'a.gif', 'image/gif', 'attachment-type-refused'],
    [null, 'a.jpg', 'image/jpeg', 'attachment-type-refused'],
  ])('not %s called %s, %s', (found, name, mime, code) => {
    expect(typeOf(found, { name, mime })).toMatchObject({ ok: false, refusal: { code } })
  })

  test('text is UTF-8 without controls', () => {
    expect(foundText(Buffer.from('路灯不亮\r\n\t第二行'))).toBe('text/plain')
    expect(foundText(Buffer.from('c2b7b5c6', 'hex').subarray(1))).toBeNull()
    expect(foundText(Buffer.from('a\0b'))).toBeNull()
    expect(foundText(Buffer.from('\x1b[2J'))).toBeNull()
  })

  test('an order holds forty, and 300 MiB', () => {
    expect(checkRoom({ count: 39, bytes: 300 * 1024 * 1024 - 10 }, 10).ok).toBe(true)
    expect(checkRoom({ count: 40, bytes: 0 }, 1).ok).toBe(false)
    expect(checkRoom({ count: 1, bytes: 300 * 1024 * 1024 - 10 }, 11).ok).toBe(false)
  })
})

test.each([
  ['现场照片.JPG', '现场照片.jpg'],
  ['../../etc/passwd.jpg', 'passwd.jpg'],
  ['C:\\Users\\王\\照片.jpg', '照片.jpg'],
  ['\u202Egpj.exe.jpg', 'gpj.exe.jpg'],
  ['a\r\nSet-Cookie: x.jpg', 'aSet-Cookie_ x.jpg'],
  ['....jpg', '附件.jpg'],
  ['.jpg', '附件.jpg'],
  ['', '附件.jpg'],
  ['$(rm -rf).jpg', '_(rm -rf).jpg'],
])('the name %j is kept as %s', (name, safe) => expect(safeName(name, jpg)).toBe(safe))

test('a long name is cut between characters, its ending kept', () => {
  const name = safeName(`${'𠮷'.repeat(200)}.jpeg`, jpg)
  expect(name.length).toBeLessThanOrEqual(120)
  expect(name).toMatch(/^𠮷+\.jpeg$/u)
})

test('a download is named in UTF-8, whatever the name holds', () => {
  expect(disposition('attachment', "路灯'(1).jpg", 'jpg')).toBe(
    `attachment; filename="attachment.jpg"; filename*=UTF-8''%E8%B7%AF%E7%81%AF%27%281%29.jpg`,
  )
})

describe('the place where it was taken', () => {
  const place = exifWithPlace().subarray(-24)

  test.each([
    ['JPEG', jpeg(exifWithPlace())],
    ['PNG', png(exifWithPlace())],
  ])('is blanked in a %s; how it is turned stays, and so does its length', (_, file) => {
    const blanked = withoutPosition(file)
    if (blanked === null) throw new Error('no place was found')
    expect(file.includes(place)).toBe(true)
    expect(blanked.includes(place)).toBe(false)
    expect(blanked.length).toBe(file.length)
    expect(blanked.includes(exifWithPlace().subarray(10, 22))).toBe(true)
    // Done again, there is none.
    expect(withoutPosition(blanked)).toBeNull()
  })

  test('a PNG’s checksums are right afterwards', () => {
    const blanked = withoutPosition(png(exifWithPlace()))
    const tiff = exifWithPlace()
    const gpsAt = tiff.readUInt32LE(8 + 2 + 12 + 8)
    tiff.fill(0, gpsAt, gpsAt + 2 + 24)
    tiff.fill(0, tiff.length - 24)
    expect(blanked?.equals(png(tiff))).toBe(true)
  })

  test('is blanked in a film and in XMP', () => {
    expect(withoutPosition(mp4())?.includes('+00.0000+000.0000/')).toBe(true)
    const xmp = Buffer.from('<rdf exif:GPSLatitude="18,15.2N" exif:GPSLongitude="109,30.2E" x:Other="18"/>')
    expect(withoutPosition(xmp)?.toString()).toBe(
      '<rdf exif:GPSLatitude="00,00.0N" exif:GPSLongitude="000,00.0E" x:Other="18"/>',
    )
  })

  test('a file without one, or a broken one, is left alone', () => {
    expect(withoutPosition(jpeg())).toBeNull()
    for (let length = 0; length < 80; length++) {
      const cut = jpeg(exifWithPlace().subarray(0, length))
      expect(() => withoutPosition(cut)).not.toThrow()
    }
    const wild = exifWithPlace()
    wild.writeUInt32LE(0xffff_fff0, 4)
    expect(withoutPosition(jpeg(wild))).toBeNull()
  })
})
