import { Problem, problemOf } from '../kit/api.ts'

export interface TableFile {
  readonly name: string
  readonly content: Blob
}

/** How far it has come; `rows` null where they cannot be counted, as in a workbook. */
export interface Progress {
  readonly bytes: number
  readonly rows: number | null
}

/**
 * Fetches a list as a file and tells as it comes.
 * @throws Problem when the service refuses, and when the file ends before its end; AbortError when it was called off
 */
export async function fetchTable(
  path: string,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<TableFile> {
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', signal }).catch(
    unreachable,
  )
  if (!response.ok || response.body === null) throw await problemOf(response)
  const type = response.headers.get('content-type') ?? ''
  const rows = type.startsWith('text/csv') ? new RowCount() : null
  const parts: BlobPart[] = []
  let bytes = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(unreachable)
    if (done) break
    parts.push(value)
    bytes += value.length
    tell({ bytes, rows: rows?.add(value) ?? null })
  }
  return { name: nameIn(response.headers.get('content-disposition')), content: new Blob(parts, { type }) }
}

function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error
  throw new Problem('unreachable', String(error))
}

const QUOTE = 0x22
const NEW_LINE = 0x0a

/** Rows of a CSV as it comes in pieces, the headings not counted: a line's end within quotes is none. */
export class RowCount {
  private lines = 0
  private quoted = false

  /** @returns how many rows there have been so far */
  add(piece: Uint8Array): number {
    for (const byte of piece) {
      if (byte === QUOTE) this.quoted = !this.quoted
      else if (byte === NEW_LINE && !this.quoted) this.lines++
    }
    return Math.max(0, this.lines - 1)
  }
}

/** As the service calls the file: RFC 5987's `filename*`. */
export function nameIn(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded === undefined ? 'export' : decodeURIComponent(encoded)
}

/** Into the browser's folder of downloads. */
export function keepFile({ name, content }: TableFile): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
