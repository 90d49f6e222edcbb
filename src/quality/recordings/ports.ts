import type { Readable } from 'node:stream'
import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'

/**
 * What the PBX wrote of one talk: two files, `….caller.raw` and `….seat.raw`, 16-bit little-endian at 8 kHz, here
 * taken as one stereo recording; caller left, seat right.
 */
export interface RawFile {
  /** The caller's leg id + `.raw`. */
  readonly name: string
  /** Of both sides, as long as the longer. */
  readonly bytes: number
  readonly changedAt: Instant
}

export interface Fingerprint {
  /** Hexadecimal. */
  readonly sha256: string
  readonly bytes: number
}

/** The two folders: the PBX's raw spool and the finished recordings. adapters/storage is the real one. */
export interface RecordingFiles {
  /** Both sides interleaved; a side that is shorter, or missing, is silent to the end. */
  openRaw(name: string): Readable
  /** Null when neither side is there. */
  raw(name: string): Promise<RawFile | null>
  rawFiles(): Promise<readonly RawFile[]>
  /** Durable when it resolves; a file that is gone already is no error. */
  removeRaw(name: string): Promise<void>

  /** A path of its own, on the disk of the finished recordings, to encode into. */
  newDraft(call: CallId): Promise<string>
  discardDraft(path: string): Promise<void>
  /** Removes drafts that a crash left behind. */
  discardDraftsOlderThan(instant: Instant): Promise<void>
  /** Moves a draft to its name, replacing what is there. File and folders are on disk when it resolves. */
  keep(draft: string, name: string): Promise<void>
  /** Null when there is no such file. */
  fingerprint(name: string): Promise<Fingerprint | null>

  space(): Promise<readonly { readonly folder: string; readonly freeBytes: number }[]>
}

export interface RecordingEncoder {
  /**
   * Raw stereo → Ogg Opus with the channels kept apart. The same raw and serial give the same bytes.
   * @throws the file system's error (code `ENOSPC` …), or an Error with what the encoder said
   */
  encode(raw: Readable, oggPath: string, serial: number): Promise<void>
  /** Length of a finished file by its own account. Throws when it is cut short. */
  durationMs(oggPath: string): Promise<number>
}
