import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { RecordingFiles } from './ports.ts'
import { keptAfter } from './store.ts'

const PAGE = 500

export interface VerifyResult {
  readonly checked: number
  readonly wrong: readonly {
    readonly call: CallId
    readonly fileName: string
    readonly what: 'missing' | 'changed'
  }[]
}

/** Reads every finished recording again and holds it against the SHA-256 that was stored when it was made. */
export async function verifyRecordings(
  db: Kysely<Database>,
  files: Pick<RecordingFiles, 'fingerprint'>,
): Promise<VerifyResult> {
  const wrong: VerifyResult['wrong'][number][] = []
  let checked = 0
  let page = await keptAfter(db, null, PAGE)
  while (page.length > 0) {
    for (const { call, fileName, sha256 } of page) {
      const found = fileName === null ? null : await files.fingerprint(fileName)
      if (found === null) wrong.push({ call, fileName: fileName ?? '', what: 'missing' })
      else if (found.sha256 !== sha256) wrong.push({ call, fileName: fileName ?? '', what: 'changed' })
    }
    checked += page.length
    page = await keptAfter(db, page.at(-1)?.call ?? null, PAGE)
  }
  return { checked, wrong }
}
