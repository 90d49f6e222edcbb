import { sql, type Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { CallId } from '#kernel/ids.ts'
import { unreachable } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type {
  CallNote,
  CallOpening,
  CallRating,
  CallSummary,
  Fact,
  SeatChange,
} from '../../contact-center/events.ts'

/** Keeps every call's summary row and timeline, and every change of a seat. */
export async function recordFact(trx: Transaction<Database>, fact: Fact): Promise<void> {
  switch (fact.fact) {
    case 'call-opened':
      return await openCall(trx, fact.call)
    case 'call-noted':
      return await noteCall(trx, fact.call, fact.at, fact.note)
    case 'call-answered': {
      const { seat, staff } = fact.answer
      const answered = { answered_at: new Date(fact.at), seat, staff_id: staff }
      await trx.updateTable('calls').set(answered).where('id', '=', fact.call).execute()
      return
    }
    case 'call-rated':
      return await rateCall(trx, fact.call, fact.at, fact.rating)
    case 'call-closed':
      return await closeCall(trx, fact.call)
    case 'seat-changed':
      return await recordSeat(trx, fact.at, fact.seat)
    default:
      return unreachable(fact)
  }
}

async function openCall(trx: Transaction<Database>, call: CallOpening): Promise<void> {
  await trx
    .insertInto('calls')
    .values({
      id: call.call,
      direction: call.direction,
      call_back_of: call.callBackOf,
      missed_call: call.missedCall,
      leg: call.leg,
      caller_number: call.caller,
      dialled: call.dialled,
      line_number: call.line?.number ?? null,
      line_name: call.line?.name ?? null,
      queue_id: call.line?.queue ?? null,
      arrived_at: new Date(call.arrivedAt),
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** A note told twice is kept once; notes are numbered as they come. */
async function noteCall(trx: Transaction<Database>, call: CallId, at: Instant, note: CallNote) {
  const { kind, ...detail } = note
  const json = JSON.stringify(detail)
  await sql`
    insert into call_notes (call_id, position, at, kind, detail)
    select ${call}, coalesce(max(position), 0) + 1, ${new Date(at)}, ${kind}, ${json}::jsonb
    from call_notes where call_id = ${call}
    having count(*) filter (where at = ${new Date(at)} and kind = ${kind} and detail = ${json}::jsonb) = 0
  `.execute(trx)
  if (kind === 'not-answered') {
    // The answer, if there was one, did not hold.
    const unanswered = { answered_at: null, seat: null, staff_id: null }
    await trx
      .updateTable('calls')
      .set(unanswered)
      .where('id', '=', call)
      // One who is put through to somebody else was answered before.
      .where('bridged_at', 'is', null)
      .execute()
  }
  // A running call's row already tells how far it has come; the summary at the end says it again.
  const column = kind === 'queued' ? 'queued_at' : kind === 'bridged' ? 'bridged_at' : null
  if (column === null) return
  await trx
    .updateTable('calls')
    .set({ [column]: new Date(at) })
    .where('id', '=', call)
    .where(column, 'is', null)
    .execute()
}

async function closeCall(trx: Transaction<Database>, summary: CallSummary): Promise<void> {
  await trx
    .updateTable('calls')
    .set({
      queued_at: date(summary.queuedAt),
      answered_at: date(summary.answeredAt),
      bridged_at: date(summary.bridgedAt),
      ended_at: new Date(summary.endedAt),
      talk_ms: summary.talkMs === null ? null : Math.round(summary.talkMs),
      leg: summary.leg,
      seat: summary.seat,
      staff_id: summary.staff,
      offers: summary.offers,
      result: summary.result,
      reason: summary.reason,
      ended_by: summary.endedBy,
    })
    .where('id', '=', summary.call)
    .execute()
}

async function rateCall(trx: Transaction<Database>, call: CallId, at: Instant, rating: CallRating) {
  const { grade, seat, staff } = rating
  await trx
    .insertInto('call_ratings')
    .values({ call_id: call, grade, seat, staff_id: staff, at: new Date(at) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

async function recordSeat(trx: Transaction<Database>, at: Instant, change: SeatChange): Promise<void> {
  await trx
    .insertInto('seat_changes')
    .values({
      seat: change.seat,
      at: new Date(at),
      staff_id: change.staff,
      state: change.state,
      reason: change.reason,
      call_id: change.call,
    })
    .execute()
}

function date(at: Instant | null): Date | null {
  return at === null ? null : new Date(at)
}
