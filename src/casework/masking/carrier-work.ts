import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { JobQueue, JobSender, Jobs } from '#database/jobs.ts'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import { type Instant, MINUTE_MS } from '#kernel/time.ts'
import { ACCOUNT_WAIT_MS, type CarrierStep, nextStep, overAt, waitAfter } from './carrier-rules.ts'
import {
  changeRow,
  dueBindings,
  giveNumberBack,
  type LiveRow,
  lockLive,
  takeNumber,
} from './carrier-store.ts'
import type { Bound, NumberMaskingProvider, ProviderAnswer } from './provider.ts'
import { date } from './store.ts'

export interface CarrierDeps {
  readonly db: Kysely<Database>
  readonly provider: NumberMaskingProvider
  readonly clock: { now(): Instant }
  /** How long a number rests before somebody else gets it. */
  readonly restMs: number
  readonly log: Logger
}

export interface CarrierJob {
  readonly key: BindingId
}

/** One job a step; its own retries are for a PostgreSQL that is away. What is due is found in the table, again and again. */
export const CARRIER_QUEUE: JobQueue<CarrierJob> = {
  name: 'carrier-binding',
  retries: 5,
  expireInSeconds: 120,
  keyOf: ({ key }) => key,
}

/** Longer than a provider can take to answer: a step whose process died is looked at again then. */
const TAKEN_MS = MINUTE_MS
/** A carrier that does not answer holds one of them for as long as its deadline lets it. */
const WORKERS = 2
const LOOK_EVERY_MS = 1_000

/**
 * Starts telling the carrier what is due; `jobs.stop()` ends the steps in hand.
 * @returns a function that stops looking
 */
export function workOnCarrier(deps: CarrierDeps, jobs: Jobs, everyMs = LOOK_EVERY_MS): () => void {
  jobs.work(CARRIER_QUEUE, WORKERS, job => takeStep(deps, job))
  return keepReading(() => sendDue(deps, jobs), everyMs, 'bindings at the carrier', deps.log)
}

async function sendDue({ db, provider, clock }: CarrierDeps, jobs: JobSender): Promise<void> {
  const due = await dueBindings(db, provider.name, new Date(clock.now()))
  if (due.length === 0) return
  await db.transaction().execute(async trx => {
    for (const key of due) await jobs.send(trx, CARRIER_QUEUE, { key })
  })
}

/** One step of a binding that is due: doubled jobs do nothing more. */
export async function takeStep(deps: CarrierDeps, { key }: CarrierJob): Promise<void> {
  const { db, provider, log } = deps
  const begun = await db.transaction().execute(trx => begin(deps, trx, key))
  if (begun === null) return
  const finding = await ask(provider, begun.step, begun.row)
  if (finding.problem !== null) log.warn({ key, step: begun.step, problem: finding.problem }, 'carrier')
  await db.transaction().execute(trx => settle(deps, trx, key, finding))
}

interface Begun {
  readonly step: Exclude<CarrierStep, 'none' | 'close'>
  readonly row: LiveRow
}

/** Says in the row that the carrier is asked, before it is: whoever is killed meanwhile has left word. */
async function begin(deps: CarrierDeps, trx: Transaction<Database>, key: BindingId): Promise<Begun | null> {
  const at = deps.clock.now()
  const found = await lockLive(trx, key)
  if (found === null || found.nextAt > at || (found.takenUntil ?? at) > at) return null
  const step = nextStep(found, at)
  if (step === 'none') await changeRow(trx, key, { next_at: new Date(overAt(found)) })
  if (step === 'close') await close(deps, trx, found, at)
  if (step === 'none' || step === 'close') return null
  const taken = { taken_until: new Date(at + TAKEN_MS) }
  if (step !== 'bind') {
    await changeRow(trx, key, taken)
    return { step, row: found }
  }
  const number = found.number ?? (await takeNumber(trx, deps.provider.name, key, new Date(at)))
  if (number === null) {
    deps.log.error({ key }, 'the carrier’s numbers have run dry')
    await changeRow(trx, key, retry(found, at, 'no-number-free'))
    return null
  }
  await changeRow(trx, key, {
    ...taken,
    number,
    unsure: true,
    told_until: new Date(found.wantedUntil),
    told_unit: found.wantedUnit,
  })
  return { step, row: { ...found, number } }
}

/** What is known once the carrier has been asked, as columns of the row. */
interface Finding {
  readonly known: Parameters<typeof changeRow>[2]
  /** Null: it went well. */
  readonly problem: string | null
  readonly waitMs?: number
  readonly numberTaken?: boolean
  /** It is unbound, or the carrier will never bind it. */
  readonly over?: boolean
}

const NOT_THERE = { subs_id: null, unsure: false, told_until: null, told_unit: null } as const

async function ask(provider: NumberMaskingProvider, step: Begun['step'], row: LiveRow): Promise<Finding> {
  const number = row.number ?? ''
  const bound: Bound = { subsId: row.subsId ?? '', number }
  switch (step) {
    case 'bind': {
      const { key, citizen, direction, records, wantedUnit: unit, wantedUntil: expiresAt } = row
      const answer = await provider.bind({ key, number, citizen, unit, direction, expiresAt, records })
      return afterBind(answer)
    }
    case 'find': {
      const answer = await provider.held(number)
      if (answer.kind !== 'done') return notDone(answer)
      // The number is this binding's alone: whatever lives there for its citizen is what was asked for.
      const found = answer.value.find(one => one.citizen === row.citizen)
      if (found === undefined) return { known: NOT_THERE, problem: null }
      const { subsId, unit, expiresAt } = found
      const told = { told_until: date(expiresAt), told_unit: unit }
      return { known: { subs_id: subsId, unsure: false, ...told }, problem: null }
    }
    case 'extend': {
      const expiresAt = row.wantedUntil
      const answer = await provider.update(bound, { expiresAt })
      return answer.kind === 'done' ? well({ told_until: new Date(expiresAt) }) : notDone(answer)
    }
    case 'move': {
      const unit = row.wantedUnit
      const answer = await provider.update(bound, { unit })
      return answer.kind === 'done' ? well({ told_unit: unit }) : notDone(answer)
    }
    case 'unbind': {
      const answer = await provider.unbind(bound)
      return answer.kind === 'done' ? { known: {}, problem: null, over: true } : notDone(answer)
    }
  }
}

function well(known: Finding['known']): Finding {
  return { known, problem: null }
}

function afterBind(answer: ProviderAnswer<Bound>): Finding {
  switch (answer.kind) {
    case 'done':
      return well({ subs_id: answer.value.subsId, unsure: false })
    case 'unknown':
      return { known: {}, problem: answer.code }
    case 'later':
      return { known: NOT_THERE, problem: answer.code }
    case 'refused': {
      const { why, code } = answer
      if (why === 'account') return { known: NOT_THERE, problem: code, waitMs: ACCOUNT_WAIT_MS }
      const taken = why === 'number-taken'
      return { known: NOT_THERE, problem: code, numberTaken: taken, over: !taken }
    }
  }
}

/** Of what lives at the carrier already. What it refuses may mean that it is not there any more: looked up next. */
function notDone(answer: Exclude<ProviderAnswer<unknown>, { kind: 'done' }>): Finding {
  if (answer.kind === 'later') return { known: {}, problem: answer.code }
  if (answer.kind === 'refused' && answer.why === 'account')
    return { known: {}, problem: answer.code, waitMs: ACCOUNT_WAIT_MS }
  return { known: { unsure: true }, problem: answer.code }
}

/** Writes what was found over the row as it is by now: it may have been ended or changed meanwhile. */
async function settle(
  deps: CarrierDeps,
  trx: Transaction<Database>,
  key: BindingId,
  { known, problem, waitMs, numberTaken, over }: Finding,
): Promise<void> {
  const at = deps.clock.now()
  const before = await lockLive(trx, key)
  if (before === null) return
  await changeRow(trx, key, { ...known, taken_until: null })
  if (numberTaken === true) {
    await giveNumberBack(trx, key, new Date(at + deps.restMs))
    await changeRow(trx, key, { number: null })
  }
  const row = await lockLive(trx, key)
  if (row === null) return
  if (over === true) return await close(deps, trx, row, at, problem)
  if (problem !== null) return await changeRow(trx, key, retry(row, at, problem, waitMs))
  const state = row.state === 'binding' && row.subsId !== null ? 'bound' : row.state
  const step = nextStep({ ...row, state }, at)
  if (step === 'close') return await close(deps, trx, row, at)
  await changeRow(trx, key, {
    state,
    problem: null,
    attempts: row.subsId === null ? row.attempts : 0,
    next_at: new Date(step === 'none' ? overAt(row) : at),
  })
}

function retry({ attempts }: LiveRow, at: Instant, problem: string, waitMs = waitAfter(attempts + 1)) {
  return { problem, attempts: attempts + 1, next_at: new Date(at + waitMs) }
}

/** It is over, well or not. Nobody needs to know any more whose numbers it was about. */
async function close(
  deps: CarrierDeps,
  trx: Transaction<Database>,
  row: LiveRow,
  at: Instant,
  problem: string | null = null,
): Promise<void> {
  const never = row.state === 'binding' && row.subsId === null && !row.unsure
  const erased = { citizen: null, unit: null, told_unit: null }
  await changeRow(trx, row.key, {
    ...erased,
    state: never ? 'failed' : 'gone',
    ...(never ? { problem: problem ?? 'too-late' } : { problem }),
    next_at: null,
    taken_until: null,
  })
  await giveNumberBack(trx, row.key, new Date(at + deps.restMs))
}
