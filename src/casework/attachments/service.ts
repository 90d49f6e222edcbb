import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileTypeFromFile } from 'file-type'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { veilFor } from '../citizens/index.ts'
import { ALLOWED_TYPES, type AllowedType } from './limits.ts'
import type { AttachmentDraft, AttachmentFiles } from './ports.ts'
import { withoutPosition } from './position.ts'
import { type Claim, checkRoom, checkSize, foundText, safeName, typeOf } from './rules.ts'
import type { Attachment } from './schema.ts'
import {
  heldBy,
  insertAttachment,
  lockOrder,
  markWithdrawn,
  readAttachment,
  readAttachments,
  sameContent,
  servedDigest,
} from './store.ts'

/** What was done to an order's attachments, for its trail. */
export interface AttachmentChange {
  readonly order: WorkOrderId
  readonly by: StaffMember
  readonly change: 'added' | 'withdrawn'
  readonly attachment: Attachment
}

export interface AttachmentDeps {
  readonly db: Kysely<Database>
  readonly files: AttachmentFiles
  /** Refuses whoever may not read the order. */
  mayRead(member: StaffMember, order: WorkOrderId): Promise<Outcome<unknown>>
  /** The same for whoever may not act on it. */
  mayAdd(member: StaffMember, order: WorkOrderId): Promise<Outcome<unknown>>
  /** In the transaction of the change, the order's row locked: neither stands without the other. */
  recorded(trx: Transaction<Database>, change: AttachmentChange): Promise<void>
}

export interface Upload extends Claim {
  readonly content: Readable
  /** Asked at the content's end: it was longer than the door lets through. */
  wasCut(): boolean
}

/** Before anything is taken off the line: whether this person may add, and whether there is room at all. */
export async function mayUpload(
  { db, mayAdd }: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
): Promise<Outcome<unknown>> {
  const may = await mayAdd(member, order)
  return may.ok ? checkRoom(await heldBy(db, order), 1) : may
}

/** Adds a file, once it is known what it is. What was sent twice is there once. A refused one leaves nothing behind. */
export async function addAttachment(
  deps: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
  upload: Upload,
): Promise<Outcome<Attachment>> {
  const draft = await deps.files.receive(upload.content)
  const drafts = [draft]
  try {
    if (upload.wasCut()) return refuse('attachment-too-large')
    if (draft.bytes === 0) return refuse('attachment-empty')
    const checked = await check(draft, upload)
    if (!checked.ok) return checked
    const type = checked.value
    const placeless = await placelessOf(deps.files, draft, type)
    if (placeless !== draft) drafts.push(placeless)
    return await store(deps, member, order, { draft, placeless, type, name: safeName(upload.name, type) })
  } finally {
    for (const left of drafts) await deps.files.discard(left)
  }
}

async function check({ path, bytes }: AttachmentDraft, claim: Claim): Promise<Outcome<AllowedType>> {
  const known = (await fileTypeFromFile(path))?.mime ?? null
  const mayBeText =
    known === null && ALLOWED_TYPES.some(type => type.code === 'txt' && bytes <= type.mostBytes)
  const type = typeOf(mayBeText ? foundText(await readFile(path)) : known, claim)
  if (!type.ok) return type
  const size = checkSize(type.value, bytes)
  return size.ok ? type : size
}

const WITH_PLACES: readonly string[] = ['jpg', 'png', 'webp', 'heic', 'mp4']

async function placelessOf(
  files: AttachmentFiles,
  draft: AttachmentDraft,
  { code }: AllowedType,
): Promise<AttachmentDraft> {
  const blanked = WITH_PLACES.includes(code) ? withoutPosition(await readFile(draft.path)) : null
  return blanked === null ? draft : await files.receive(Readable.from([blanked]))
}

interface Checked {
  readonly draft: AttachmentDraft
  readonly placeless: AttachmentDraft
  readonly type: AllowedType
  readonly name: string
}

async function store(
  { db, files, recorded }: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
  { draft, placeless, type, name }: Checked,
): Promise<Outcome<Attachment>> {
  const shown = await readableBy(db, member, order)
  return await db.transaction().execute(async trx => {
    await lockOrder(trx, order)
    const same = await sameContent(trx, order, draft.sha256)
    if (same !== null) return ok(shown(same))
    const room = checkRoom(await heldBy(trx, order), draft.bytes)
    if (!room.ok) return room
    // Files before their row: a crash in between leaves a file that nobody names, never a name without a file.
    if (placeless !== draft) await files.keep(placeless)
    await files.keep(draft)
    const id = randomUUID()
    const { sha256, bytes } = draft
    const placelessSha256 = placeless.sha256
    await insertAttachment(trx, {
      id,
      order,
      sha256,
      placelessSha256,
      bytes,
      type: type.code,
      name,
      by: member.id,
    })
    const attachment = await readAttachment(trx, order, id)
    if (attachment === null) throw new Error('an attachment that was inserted is not there')
    await recorded(trx, { order, by: member, change: 'added', attachment })
    return ok(shown(attachment))
  })
}

export async function listAttachments(
  { db, mayRead }: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
): Promise<Outcome<readonly Attachment[]>> {
  const may = await mayRead(member, order)
  if (!may.ok) return may
  const shown = await readableBy(db, member, order)
  return ok((await readAttachments(db, order)).map(shown))
}

/** Names of files and reasons are words as well: in those of a protected order its citizen is masked. */
async function readableBy(
  db: Kysely<Database>,
  { id }: StaffMember,
  order: WorkOrderId,
): Promise<(attachment: Attachment) => Attachment> {
  const words = await veilFor(db, id, [order])
  return ({ name, withdrawn, ...rest }) => ({
    ...rest,
    name: name === null ? null : words(order, name, rest.addedBy),
    withdrawn: withdrawn === null ? null : { ...withdrawn, reason: words(order, withdrawn.reason) },
  })
}

export interface Served {
  readonly content: Readable
  readonly bytes: number
  readonly sha256: string
  readonly name: string
  readonly type: AllowedType
}

/** The content, for whoever may read the order; of a protected order without the place where it was taken. */
export async function openAttachment(
  { db, files, mayRead }: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
  id: string,
): Promise<Outcome<Served>> {
  const may = await mayRead(member, order)
  if (!may.ok) return may
  const found = await readAttachment(db, order, id)
  const sha256 = await servedDigest(db, order, id)
  const type = ALLOWED_TYPES.find(one => one.code === found?.type)
  if (found === null || sha256 === null || type === undefined) return refuse('not-found')
  const { name } = (await readableBy(db, member, order))(found)
  if (name === null) return refuse('not-found')
  const file = await files.open(sha256)
  if (file === null) throw new Error(`the content of attachment ${id} is missing`)
  return ok({ ...file, sha256, name, type })
}

/** Hides it from everybody, with a reason that stays. The file itself is kept: what was once evidence is not deleted. */
export async function withdrawAttachment(
  { db, mayAdd, recorded }: AttachmentDeps,
  member: StaffMember,
  order: WorkOrderId,
  id: string,
  reason: string,
): Promise<Outcome<Attachment>> {
  const may = await mayAdd(member, order)
  if (!may.ok) return may
  return await db.transaction().execute(async trx => {
    await lockOrder(trx, order)
    if (!(await markWithdrawn(trx, order, id, member.id, reason.trim()))) return refuse('not-found')
    const attachment = await readAttachment(trx, order, id)
    if (attachment === null) throw new Error('an attachment that was withdrawn is not there')
    await recorded(trx, { order, by: member, change: 'withdrawn', attachment })
    return ok((await readableBy(trx, member, order))(attachment))
  })
}
