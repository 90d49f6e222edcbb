const MIB = 1024 * 1024

/** A type that may be attached, by what its content is; never by what it says it is. */
export interface AllowedType {
  readonly code: string
  /** What the content was found to be. */
  readonly found: readonly string[]
  /** How a name of this type ends. */
  readonly extensions: readonly string[]
  /** What an uploader may call it besides the above; nothing and octet-stream say nothing. */
  readonly declared: readonly string[]
  readonly served: string
  readonly mostBytes: number
  /** Shown in the page; all else is downloaded. */
  readonly inline: boolean
}

/** The largest photo of a phone's best camera is some 12 MiB. */
const PHOTO = 20 * MIB
/** A quarter of an hour of WAV as phones record it, hours of the others. */
const SOUND = 30 * MIB
/** Half a minute of 1080p, a few minutes as WeChat passes it on; also what a handler's line sends within two minutes. */
const FILM = 50 * MIB
/** A scanned file of a hundred pages. */
const PAPER = 20 * MIB

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** Text has no signature; it is what is left when nothing else was found, and reads as UTF-8. */
export const TEXT = 'text/plain'

export const ALLOWED_TYPES: readonly AllowedType[] = [
  image('jpg', ['image/jpeg'], ['jpg', 'jpeg']),
  image('png', ['image/png'], ['png']),
  image('webp', ['image/webp'], ['webp']),
  { ...image('heic', ['image/heic', 'image/heif'], ['heic', 'heif']), inline: false },
  file('pdf', ['application/pdf'], ['pdf'], PAPER),
  file('mp3', ['audio/mpeg'], ['mp3'], SOUND, ['audio/mp3']),
  file('ogg', ['audio/ogg', 'audio/ogg; codecs=opus', 'application/ogg'], ['ogg', 'oga', 'opus'], SOUND, [
    'audio/opus',
  ]),
  file('wav', ['audio/wav'], ['wav'], SOUND, ['audio/x-wav', 'audio/wave', 'audio/vnd.wave']),
  file('mp4', ['video/mp4'], ['mp4'], FILM),
  file('docx', [`${OFFICE}.wordprocessingml.document`], ['docx'], PAPER),
  file('xlsx', [`${OFFICE}.spreadsheetml.sheet`], ['xlsx'], PAPER),
  file('pptx', [`${OFFICE}.presentationml.presentation`], ['pptx'], PAPER),
  // Read whole to see that it is UTF-8.
  file('txt', [TEXT], ['txt'], MIB),
]

function file(
  code: string,
  found: readonly [string, ...string[]],
  extensions: readonly string[],
  mostBytes: number,
  declared: readonly string[] = [],
): AllowedType {
  return { code, found, extensions, declared, served: found[0], mostBytes, inline: false }
}

function image(
  code: string,
  found: readonly [string, ...string[]],
  extensions: readonly string[],
): AllowedType {
  return { ...file(code, found, extensions, PHOTO), inline: true }
}

export const ATTACHMENT_LIMITS = {
  /** No more is taken off the line, whatever the type turns out to be. */
  mostBytes: Math.max(...ALLOWED_TYPES.map(type => type.mostBytes)),
  /** Withdrawn ones count, or a disk could be filled by adding and withdrawing. */
  perOrder: 40,
  bytesPerOrder: 300 * MIB,
  /** Characters of a name, its ending included; the table holds the same. */
  name: 120,
  reason: 300,
  /** A draft of this age belongs to no upload that still runs. */
  draftMs: 60 * 60 * 1_000,
} as const
