import type { Jobs } from '#database/jobs.ts'
import { RECORDING_QUEUE } from './facts.ts'
import { type KeepingDeps, keepRecording } from './keep.ts'

export { DiskWatch } from './disk-watch.ts'
export { RECORDING_QUEUE, recordingFacts } from './facts.ts'
export { type KeepingDeps, keepRecording } from './keep.ts'
export type { RecordingEncoder, RecordingFiles } from './ports.ts'
export { recordingRoutes } from './routes.ts'
export { sweepRecordings } from './sweep.ts'
export { type VerifyResult, verifyRecordings } from './verify.ts'

/** Two encode at a time: each fills a core, at the lowest priority, and does a day's talk in minutes. */
const ENCODERS = 2

/** Starts turning raw files into recordings; `jobs.stop()` ends it. */
export function workOnRecordings(deps: KeepingDeps, jobs: Jobs): void {
  jobs.work(RECORDING_QUEUE, ENCODERS, async ({ call, discard }) =>
    discard === undefined ? await keepRecording(deps, call) : await deps.files.removeRaw(discard),
  )
}
