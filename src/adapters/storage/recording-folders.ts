import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { CallId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { interleaved } from './interleaved.ts'

const SIDE = /^(.+)\.(?:caller|seat)\.raw$/

/** The raw spool and the finished recordings as folders of local disks; see `RecordingFiles` for the promises. */
export class RecordingFolders {
  private readonly spool: string
  private readonly folder: string
  private readonly drafts: string

  constructor(spool: string, folder: string) {
    this.spool = spool
    this.folder = folder
    this.drafts = join(folder, 'drafts')
  }

  openRaw(name: string): Readable {
    return interleaved(this.sides(name))
  }

  async raw(name: string) {
    const found = (await Promise.all(this.sides(name).map(statIfThere))).filter(side => side !== null)
    if (found.length === 0) return null
    const bytes = 2 * Math.max(...found.map(side => side.size))
    return { name, bytes, changedAt: Math.max(...found.map(side => side.mtimeMs)) }
  }

  async rawFiles() {
    const names = (await namesIn(this.spool)).flatMap(name => SIDE.exec(name)?.[1] ?? [])
    const found = await Promise.all([...new Set(names)].map(name => this.raw(`${name}.raw`)))
    return found.filter(file => file !== null)
  }

  async removeRaw(name: string): Promise<void> {
    for (const side of this.sides(name)) await rm(side, { force: true })
    await sync(this.spool)
  }

  /** The caller's file and the seat's. */
  private sides(name: string): readonly [string, string] {
    if (name !== basename(name) || !name.endsWith('.raw')) throw new Error(`not a raw file's name: ${name}`)
    const stem = join(this.spool, name.slice(0, -'.raw'.length))
    return [`${stem}.caller.raw`, `${stem}.seat.raw`]
  }

  async newDraft(call: CallId): Promise<string> {
    await mkdir(this.drafts, { recursive: true })
    return join(this.drafts, `${call}-${randomUUID()}.ogg`)
  }

  async discardDraft(path: string): Promise<void> {
    await rm(path, { force: true })
  }

  async discardDraftsOlderThan(instant: Instant): Promise<void> {
    for (const name of await namesIn(this.drafts)) {
      const path = join(this.drafts, name)
      const found = await statIfThere(path)
      if (found !== null && found.mtimeMs < instant) await this.discardDraft(path)
    }
  }

  async keep(draft: string, name: string): Promise<void> {
    const path = join(this.folder, name)
    await mkdir(dirname(path), { recursive: true })
    await sync(draft)
    await rename(draft, path)
    // A name is on disk once its folder is, and so is that folder's own name: up to the folder of all recordings.
    for (let folder = dirname(path); folder.length >= this.folder.length; folder = dirname(folder)) {
      await sync(folder)
    }
  }

  async fingerprint(name: string) {
    const path = join(this.folder, name)
    const found = await statIfThere(path)
    if (found === null) return null
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return { sha256: hash.digest('hex'), bytes: found.size }
  }

  async space() {
    const folders = [this.spool, this.folder]
    return Promise.all(
      folders.map(async folder => {
        const { bavail, bsize } = await statfs(folder)
        return { folder, freeBytes: bavail * bsize }
      }),
    )
  }
}

async function statIfThere(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function sync(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
