import { isUtf8 } from 'node:buffer'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { ALLOWED_TYPES, type AllowedType, ATTACHMENT_LIMITS, TEXT } from './limits.ts'

/** What the sender says of a file; none of it is believed, all of it has to agree. */
export interface Claim {
  readonly name: string
  /** Empty: nothing was said. */
  readonly mime: string
}

const SAYS_NOTHING: readonly string[] = ['', 'application/octet-stream']

/**
 * What a file is, when it may be attached: its content is on the list, and neither its ending nor its declared type
 * says anything else.
 * @param found what its content was found to be; null: nothing known
 */
export function typeOf(found: string | null, { name, mime }: Claim): Outcome<AllowedType> {
  const type = ALLOWED_TYPES.find(one => found !== null && one.found.includes(found))
  if (type === undefined) return refuse('attachment-type-refused', found ?? 'unknown content')
  const declared = mime.toLowerCase()
  const agrees =
    type.extensions.includes(extensionOf(name)) &&
    [...SAYS_NOTHING, ...type.found, ...type.declared].includes(declared)
  return agrees ? ok(type) : refuse('attachment-type-differs', `${type.code}, called ${declared}`)
}

/** UTF-8 without control characters other than those of lines: a text that an editor shows as it is. */
export function foundText(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\0-\x08\x0b\x0e-\x1f\x7f]/.test(bytes.toString('latin1')) ? null : TEXT
}

function extensionOf(name: string): string {
  return /\.([^.]*)$/.exec(name.trim())?.[1]?.toLowerCase() ?? ''
}

/** Controls, and the invisible signs that turn the direction of writing: `exe.gpj` reads as `jpg.exe` behind one. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
/** What separates folders, or means something to a file system or a shell on somebody's desk. */
const SPECIAL = /[<>:"|?*%`$;&]/g

/** A name for screens and downloads: no path, nothing invisible, the ending kept when it has to be cut. */
export function safeName(name: string, type: AllowedType): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(SPECIAL, '_')
  const ending = type.extensions.find(one => one === extensionOf(plain)) ?? type.code
  const stem = plain.replace(/\.[^.]*$/, '').replace(/^[.\s]+|[.\s]+$/g, '')
  const most = ATTACHMENT_LIMITS.name - ending.length - 1
  let kept = ''
  // By characters: half of one is none.
  for (const sign of stem) if (kept.length + sign.length <= most) kept += sign
  return `${kept === '' ? '附件' : kept}.${ending}`
}

export interface Held {
  readonly count: number
  readonly bytes: number
}

/** @param bytes of the one to be added */
export function checkRoom(held: Held, bytes: number): Outcome<void> {
  const full =
    held.count >= ATTACHMENT_LIMITS.perOrder || held.bytes + bytes > ATTACHMENT_LIMITS.bytesPerOrder
  return full ? refuse('attachments-full', `${held.count} of ${held.bytes} bytes`) : ok(undefined)
}

export function checkSize(type: AllowedType, bytes: number): Outcome<void> {
  return bytes > type.mostBytes
    ? refuse('attachment-too-large', `${type.code} of ${bytes} bytes`)
    : ok(undefined)
}
