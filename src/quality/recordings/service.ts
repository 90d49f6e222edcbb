import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { beganMaskedCall } from '../../casework/masking/index.ts'
import { tookPart } from '../../floor/call-records/index.ts'
import { type Listener, mayHear } from './rules.ts'
import { loadPlayback } from './store.ts'

export interface Playback {
  readonly fileName: string
  readonly sha256: string
}

/** The finished recording of a call, for one who may hear it. */
export async function findPlayback(
  db: Kysely<Database>,
  call: CallId,
  listener: Listener,
): Promise<Outcome<Playback>> {
  const found = await loadPlayback(db, call)
  if (found === null) return refuse('not-found')
  const tookPartOrBegan = async () =>
    (await tookPart(db, call, listener.id)) || (await beganMaskedCall(db, call, listener.id))
  const may = await mayHear(listener, { staff: found.staff_id }, tookPartOrBegan)
  if (!may) return refuse('not-allowed')
  const { state, file_name: fileName, sha256 } = found
  const finished = state === 'encoded' || state === 'kept'
  if (!finished || fileName === null || sha256 === null) return refuse('recording-not-ready', state ?? 'none')
  return ok({ fileName, sha256 })
}
