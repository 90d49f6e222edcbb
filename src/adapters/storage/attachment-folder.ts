import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Instant } from '#kernel/time.ts'

interface Draft {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** Attachments in a folder of a local disk, `ab/abcdef….`; see `AttachmentFiles` for the promises. */
export class AttachmentFolder {
  private readonly folder: string
  private readonly drafts: string

  constructor(folder: string) {
    this.folder = folder
    this.drafts = join(folder, 'drafts')
  }

  async receive(content: Readable): Promise<Draft> {
    await mkdir(this.drafts, { recursive: true, mode: 0o700 })
    const path = join(this.drafts, randomUUID())
    const hash = createHash('sha256')
    let bytes = 0
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        bytes += chunk.length
        done(null, chunk)
      },
    })
    try {
      // On disk before it can be kept; never executable, for nobody else.
      await pipeline(content, measured, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return { path, sha256: hash.digest('hex'), bytes }
  }

  async discard({ path }: Draft): Promise<void> {
    await rm(path, { force: true })
  }

  async keep({ path, sha256 }: Draft): Promise<void> {
    const target = this.pathOf(sha256)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(path, target)
    for (const folder of [dirname(target), this.folder]) await sync(folder)
  }

  async open(sha256: string) {
    try {
      const handle = await open(this.pathOf(sha256))
      return { content: handle.createReadStream(), bytes: (await handle.stat()).size }
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  async discardDraftsOlderThan(instant: Instant): Promise<void> {
    for (const path of await this.draftPaths()) {
      const found = await stat(path).catch(error => {
        if (isMissing(error)) return null
        throw error
      })
      if (found !== null && found.mtimeMs < instant) await rm(path, { force: true })
    }
  }

  private async draftPaths(): Promise<readonly string[]> {
    try {
      return (await readdir(this.drafts)).map(name => join(this.drafts, name))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  private pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a digest')
    return join(this.folder, sha256.slice(0, 2), sha256)
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
