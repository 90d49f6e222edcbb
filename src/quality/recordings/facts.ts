import type { Transaction } from 'kysely'
import type { JobQueue, JobSender } from '#database/jobs.ts'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import type { Fact } from '../../contact-center/events.ts'
import { insertWaiting } from './store.ts'

/** One job a talk: raw file → finished recording. Retried for half an hour or more; the sweep goes on after that. */
export const RECORDING_QUEUE: JobQueue<{
  readonly call: CallId
  /** The raw file of a talk that is not to be kept: it goes. */
  readonly discard?: string
}> = {
  name: 'recording',
  retries: 10,
  expireInSeconds: 3_600,
  keyOf: data => data.call,
}

/** By then the PBX has closed the file, and it has not changed for as long as `judgeRaw` asks. */
const FIRST_LOOK_AFTER_S = 2

/**
 * A call that came to a talk has a recording to be kept: its row and its job are stored with the fact, all or
 * nothing. The call's own row must be there (`call-opened` comes first); a fact told again changes nothing.
 */
export function recordingFacts(jobs: JobSender) {
  return async (trx: Transaction<Database>, fact: Fact): Promise<void> => {
    if (fact.fact !== 'call-closed' || fact.call.talkMs === null) return
    const { call, talkMs, leg, records } = fact.call
    if (!records) {
      const discard = `${leg}.raw`
      if (leg !== null) await jobs.send(trx, RECORDING_QUEUE, { call, discard }, FIRST_LOOK_AFTER_S)
      return
    }
    const isNew = await insertWaiting(trx, call, Math.round(talkMs))
    if (isNew) await jobs.send(trx, RECORDING_QUEUE, { call }, FIRST_LOOK_AFTER_S)
  }
}
