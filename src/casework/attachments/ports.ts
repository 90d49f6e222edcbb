import type { Readable } from 'node:stream'
import type { Instant } from '#kernel/time.ts'

/** A file on its way in, under a name of its own that nobody serves. */
export interface AttachmentDraft {
  readonly path: string
  /** Hexadecimal. */
  readonly sha256: string
  readonly bytes: number
}

/** Where attachments lie, each under the digest of its content. adapters/storage is the real one. */
export interface AttachmentFiles {
  /** Writes a stream to a draft. Nothing is left behind when it fails. */
  receive(content: Readable): Promise<AttachmentDraft>
  discard(draft: AttachmentDraft): Promise<void>
  /** Moves a draft to its digest, where the same content may be already. File and folders are on disk when it resolves. */
  keep(draft: AttachmentDraft): Promise<void>
  /** Null when there is no such content. */
  open(sha256: string): Promise<{ readonly content: Readable; readonly bytes: number } | null>
  /** Removes drafts that a crash left behind. */
  discardDraftsOlderThan(instant: Instant): Promise<void>
}
