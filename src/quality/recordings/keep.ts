import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { Clock } from '../../engine/ports.ts'
import type { RecordingEncoder, RecordingFiles } from './ports.ts'
import {
  encodedWhole,
  judgeRaw,
  lengthAllowanceMs,
  lengthDiffers,
  recordingName,
  streamSerial,
} from './rules.ts'
import { loadRecording, markEncoded, moveRecording, noteProblem, type Recording } from './store.ts'

export interface KeepingDeps {
  readonly db: Kysely<Database>
  readonly files: RecordingFiles
  readonly encoder: RecordingEncoder
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
}

/** The PBX has not finished writing: no fault, look again. */
export class RawNotReady extends Error {}

/**
 * Brings a call's recording to its end, from wherever it stands:
 *
 *   waiting ──raw complete, encoded, checked, in its place──▶ encoded ──raw removed──▶ kept
 *      └──no raw file, long after the call──▶ missing
 *
 * Every step may be repeated, and two processes may do it at once: encoding again gives the same bytes, a draft
 * has a name of its own, and each state is left by one conditional update.
 * @throws when it must be tried again; the reason then stands in the row's `problem`
 */
export async function keepRecording(deps: KeepingDeps, call: CallId): Promise<void> {
  try {
    await encodeWaiting(deps, call)
    await removeRawOfEncoded(deps, call)
  } catch (error) {
    if (!(error instanceof RawNotReady)) await reportFailure(deps, call, error)
    throw error
  }
}

async function encodeWaiting(deps: KeepingDeps, call: CallId): Promise<void> {
  const recording = await loadRecording(deps.db, call)
  if (recording?.state !== 'waiting') return
  const raw = await deps.files.raw(recording.rawName)
  const verdict = judgeRaw(raw, recording, deps.clock.now())
  switch (verdict.do) {
    case 'wait':
      throw new RawNotReady(verdict.because)
    case 'give-up':
      return giveUp(deps, recording, verdict.because)
    case 'encode':
      return encode(deps, recording, verdict.rawMs)
  }
}

async function giveUp({ db, log }: KeepingDeps, recording: Recording, because: string): Promise<void> {
  const { call, talkMs } = recording
  const problem = `${because}; the talk lasted ${talkMs} ms`
  await moveRecording(db, call, 'waiting', 'missing', problem)
  // A talk that ended as it began may leave no sound to record.
  if (talkMs > lengthAllowanceMs(talkMs))
    log.error({ call, alarm: 'recording-missing', problem }, 'no recording')
}

async function encode(deps: KeepingDeps, recording: Recording, rawMs: number): Promise<void> {
  const { db, files, encoder, log } = deps
  const { call, talkMs } = recording
  const fileName = recordingName(call, recording.arrivedAt)
  const draft = await files.newDraft(call)
  let durationMs: number
  try {
    await encoder.encode(files.openRaw(recording.rawName), draft, streamSerial(call))
    durationMs = await encoder.durationMs(draft)
    if (!encodedWhole(durationMs, rawMs)) {
      throw new Error(`encoded ${durationMs} ms of the raw file's ${rawMs} ms`)
    }
    await files.keep(draft, fileName)
  } finally {
    await files.discardDraft(draft)
  }
  const fingerprint = await files.fingerprint(fileName)
  if (fingerprint === null) throw new Error('the finished file is gone')
  const differs = lengthDiffers(durationMs, talkMs)
  const problem = differs ? `the recording lasts ${Math.round(durationMs)} ms, the talk ${talkMs} ms` : null
  await markEncoded(db, call, { ...fingerprint, fileName, durationMs, lengthDiffers: differs, problem })
  if (differs) log.error({ call, alarm: 'recording-length-differs', problem }, 'recording and talk differ')
}

/** The raw file goes only while its finished file stands there with the fingerprint that is stored. */
async function removeRawOfEncoded({ db, files, log }: KeepingDeps, call: CallId): Promise<void> {
  const recording = await loadRecording(db, call)
  if (recording?.state !== 'encoded') return
  const found = recording.fileName === null ? null : await files.fingerprint(recording.fileName)
  if (found === null || found.sha256 !== recording.sha256) {
    await moveRecording(db, call, 'encoded', 'waiting')
    throw new Error('the finished file is gone or has changed: to be encoded again')
  }
  await files.removeRaw(recording.rawName)
  await moveRecording(db, call, 'encoded', 'kept')
  log.info({ call, bytes: found.bytes }, 'recording kept')
}

async function reportFailure({ db, log }: KeepingDeps, call: CallId, error: unknown): Promise<void> {
  const diskFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  const problem = diskFull ? 'no space left for recordings' : String(error)
  log.error({ call, alarm: diskFull ? 'recording-disk-full' : 'recording-failed', err: error }, problem)
  // PostgreSQL itself may be what failed: the log has it, and the job is tried again either way.
  await noteProblem(db, call, problem).catch(() => undefined)
}
