import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'

/** What the PBX wrote: interleaved stereo, 16-bit little-endian, 8 kHz; caller left, seat right. */
export interface RawFile {
  /** The caller's leg id + `.raw`. */
  readonly name: string
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
  rawPath(name: string): string
  /** Null when there is no such file. */
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
  encode(rawPath: string, oggPath: string, serial: number): Promise<void>
  /** Length of a finished file by its own account. Throws when it is cut short. */
  durationMs(oggPath: string): Promise<number>
}
