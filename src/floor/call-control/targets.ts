import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type SeatNumber } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { TransferTarget } from '../../contact-center/events.ts'
import { entryInUse } from '../directory/index.ts'
import { plainNumber } from '../lines/index.ts'
import { checkOutside, type OutsideNumber, type OutsideRules } from './outside-numbers.ts'
import type { TransferTargetForm } from './schema.ts'
import { findQueue, isOurLine, lineInUse } from './store.ts'

/** Where the form leads: a line and a department are a queue or a number outside. */
export async function resolveTarget(
  db: Kysely<Database>,
  outside: OutsideRules,
  form: TransferTargetForm,
): Promise<Outcome<TransferTarget>> {
  switch (form.kind) {
    case 'seat':
      return ok({ kind: 'seat', seat: asId<SeatNumber>(form.seat) })
    case 'queue': {
      const queue = await findQueue(db, form.queue)
      return queue === null ? refuse('queue-unknown') : ok({ kind: 'queue', queue })
    }
    case 'line': {
      const line = await lineInUse(db, form.line)
      return line === null ? refuse('line-unknown') : ok({ kind: 'queue', queue: line.queue })
    }
    case 'entry':
      return resolveEntry(db, outside, form.id)
    case 'outside': {
      const found = await checkNumber(db, outside, form.number)
      if (!found.ok) return found
      return ok({ kind: 'outside', name: found.value.number, ...found.value })
    }
  }
}

async function resolveEntry(
  db: Kysely<Database>,
  outside: OutsideRules,
  id: string,
): Promise<Outcome<TransferTarget>> {
  const entry = await entryInUse(db, id)
  if (entry === null) return refuse('entry-unknown')
  if (entry.queue !== null) return resolveTarget(db, outside, { kind: 'queue', queue: entry.queue })
  if (entry.line !== null) return resolveTarget(db, outside, { kind: 'line', line: entry.line })
  const found = await checkNumber(db, outside, entry.number ?? '')
  return found.ok ? ok({ kind: 'outside', name: entry.name, ...found.value }) : found
}

/** Networks show the country's prefix or leave it out; the trunk takes the number without. */
export async function checkNumber(
  db: Kysely<Database>,
  outside: OutsideRules,
  given: string,
): Promise<Outcome<OutsideNumber>> {
  const number = plainNumber(given)
  const isOurs = await isOurLine(db, number)
  return checkOutside(number, outside, () => isOurs)
}
