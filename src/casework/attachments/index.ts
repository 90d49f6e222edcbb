import type { Instant } from '#kernel/time.ts'
import { ATTACHMENT_LIMITS } from './limits.ts'
import type { AttachmentFiles } from './ports.ts'

export type { AttachmentFiles } from './ports.ts'
export { attachmentRoutes } from './routes.ts'
export type { AttachmentChange, AttachmentDeps } from './service.ts'

/** Drafts of uploads that a crash cut short. */
export async function sweepAttachments(files: AttachmentFiles, now: Instant): Promise<void> {
  await files.discardDraftsOlderThan(now - ATTACHMENT_LIMITS.draftMs)
}
