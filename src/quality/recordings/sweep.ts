import type { JobSender } from '#database/jobs.ts'
import { DAY_MS } from '#kernel/time.ts'
import { RECORDING_QUEUE } from './facts.ts'
import type { KeepingDeps } from './keep.ts'
import { moveRecording, unfinishedRecordings } from './store.ts'

/** No call lasts this long: a raw file of this age that no call waits for will never be asked for. */
const ORPHAN_AGE_MS = DAY_MS

export interface SweepResult {
  /** Calls whose job was stored anew. */
  readonly sent: number
  /** Calls given up earlier whose raw file is there after all. */
  readonly found: number
  /** Raw files that no unfinished recording names: reported, and never removed while there is sound in them. */
  readonly orphans: readonly string[]
}

/** At start and hourly: what a crash, a full disk or an absent one left undone is taken up again. */
export async function sweepRecordings(
  { db, files, clock, log }: Omit<KeepingDeps, 'encoder'>,
  jobs: JobSender,
): Promise<SweepResult> {
  const rows = await unfinishedRecordings(db)
  const rawFiles = await files.rawFiles()
  const present = new Set(rawFiles.filter(file => file.bytes > 0).map(file => file.name))
  const found = rows.filter(row => row.state === 'missing' && present.has(row.rawName))
  const waiting = rows.filter(row => row.state !== 'missing')
  for (const { call } of found) await moveRecording(db, call, 'missing', 'waiting', null)

  let sent = 0
  for (const { call } of [...waiting, ...found]) {
    const isNew = await db.transaction().execute(trx => jobs.send(trx, RECORDING_QUEUE, { call }))
    if (isNew) sent++
  }

  const wanted = new Set(rows.map(row => row.rawName))
  const longAgo = clock.now() - ORPHAN_AGE_MS
  const left = rawFiles.filter(file => !wanted.has(file.name) && file.changedAt < longAgo)
  // The PBX begins a file for every caller; whoever never spoke with an agent leaves it empty.
  for (const { name } of left.filter(file => file.bytes === 0)) await files.removeRaw(name)
  const orphans = left.filter(file => file.bytes > 0).map(file => file.name)
  if (orphans.length > 0) log.error({ alarm: 'recording-orphans', orphans }, 'raw files of no known talk')
  await files.discardDraftsOlderThan(longAgo)
  return { sent, found: found.length, orphans }
}
