import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { CenterSnapshot } from '../../contact-center/center.ts'
import type { CenterEvent } from '../../contact-center/events.ts'
import type { Journal } from '../../engine/ports.ts'
import type { JournalContent } from '../../engine/recover.ts'

/**
 * The journal as a file of JSON lines: a header with the floor as it stood, then `{ n, event }` for each event.
 * Lines go to the page cache with one write (about 10 µs): that outlives the process, which is what the calls
 * do too. A power cut ends both.
 */
export class JournalFile implements Journal {
  /** Names this journal in the database, where the position up to which its facts are written is kept. */
  readonly id: string
  private readonly path: string
  private fd: number
  private sequence: number
  private linesSince: number
  private torn = false
  private trouble: string | null = null

  /** Opens the journal in `folder`, or begins one. A line torn by a crash or a full disk is passed over. */
  static open(folder: string): { readonly journal: JournalFile; readonly content: JournalContent } {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'journal.jsonl')
    const existing = existsSync(path) ? parse(readFileSync(path, 'utf8')) : null
    if (existing === null && existsSync(path)) renameSync(path, `${path}.unreadable`)
    const { header, events } = existing ?? {
      header: { format: FORMAT, journal: randomUUID(), n: 0, snapshot: null },
      events: [],
    }
    const sequence = events.at(-1)?.sequence ?? header.n
    const journal = new JournalFile(path, header.journal, sequence, events.length)
    if (existing === null) journal.begin(header)
    return { journal, content: { snapshot: header.snapshot, events } }
  }

  private constructor(path: string, id: string, sequence: number, lines: number) {
    this.path = path
    this.id = id
    this.sequence = sequence
    this.linesSince = lines
    // The last run may have ended in the middle of a line; what follows must not be glued to it.
    this.torn = true
    this.fd = openSync(path, 'a', 0o600)
  }

  append(event: CenterEvent): number {
    const n = ++this.sequence
    const line = `${this.torn ? '\n' : ''}${JSON.stringify({ n, event })}\n`
    try {
      const written = writeSync(this.fd, line)
      this.torn = written !== Buffer.byteLength(line)
      this.trouble = this.torn ? 'the disk took only part of a line' : null
      this.linesSince++
    } catch (error) {
      this.torn = true
      this.trouble = error instanceof Error ? error.message : String(error)
    }
    return n
  }

  /** Why the last writing failed, or null. */
  get problem(): string | null {
    return this.trouble
  }

  /** Events since the last snapshot. */
  get length(): number {
    return this.linesSince
  }

  get lastSequence(): number {
    return this.sequence
  }

  /** What the file holds now. */
  read(): JournalContent {
    const { header, events } = parse(readFileSync(this.path, 'utf8')) ?? {
      header: { snapshot: null },
      events: [],
    }
    return { snapshot: header.snapshot, events }
  }

  /**
   * Begins the file anew with the floor as it stands; the old one is replaced in one step. When the disk does not
   * take it, the old one is written on.
   */
  compact(snapshot: CenterSnapshot): void {
    try {
      this.begin({ format: FORMAT, journal: this.id, n: this.sequence, snapshot })
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error)
    }
  }

  close(): void {
    closeSync(this.fd)
  }

  private begin(header: Header): void {
    const next = `${this.path}.new`
    const fd = openSync(next, 'w', 0o600)
    writeSync(fd, `${JSON.stringify(header)}\n`)
    fsyncSync(fd)
    closeSync(fd)
    renameSync(next, this.path)
    closeSync(this.fd)
    this.fd = openSync(this.path, 'a', 0o600)
    this.linesSince = 0
    this.torn = false
  }
}

/** Of events and snapshots as this version reads them; a journal of another is set aside and begun anew. */
const FORMAT = 3

interface Header {
  readonly format: number
  readonly journal: string
  readonly n: number
  readonly snapshot: CenterSnapshot | null
}

function parse(text: string) {
  const lines = text.split('\n')
  const header = readLine<Header>(lines[0] ?? '')
  if (header?.format !== FORMAT) return null
  const events: { sequence: number; event: CenterEvent }[] = []
  for (const line of lines.slice(1)) {
    const entry = readLine<{ n: number; event: CenterEvent }>(line)
    if (typeof entry?.n === 'number' && typeof entry.event?.type === 'string') {
      events.push({ sequence: entry.n, event: entry.event })
    }
  }
  return { header, events }
}

/** The journal is written by this class only, so that a line that parses is what was written. */
function readLine<T>(line: string): T | null {
  if (line === '') return null
  try {
    return JSON.parse(line) as T
  } catch {
    return null
  }
}
