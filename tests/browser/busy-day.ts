import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { CallsTable, Database, SeatChangesTable } from '#database/types.ts'
import { asId, type LegId, type LineNumber, type QueueId, type StaffId } from '../../src/kernel/ids.ts'
import { Random } from '../../src/sim/random.ts'

/**
 * A day of a hotline in the tables, as if it had been: callers by the hour, agents with shifts and breaks, waits
 * that end in an answer, an overflow or in giving up. Seeded: the same day each time.
 */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Calls an hour, by the city's hour. */
const BY_HOUR = [4, 3, 2, 2, 3, 6, 14, 40, 96, 130, 118, 84, 52, 60, 104, 112, 100, 88, 62, 48, 40, 28, 16, 8]

interface Seat {
  readonly number: string
  readonly staff: StaffId
  readonly leavesAt: number
  freeAt: number
  breakAt: number
}

export interface BusyDay {
  readonly db: Kysely<Database>
  /** The first instant of the city's day. */
  readonly from: number
  /** Nothing is told of later instants. */
  readonly now: number
  readonly agents: readonly StaffId[]
  readonly lines: readonly {
    readonly number: LineNumber
    readonly name: string
    readonly queue_id: QueueId
  }[]
}

export async function recordBusyDay(day: BusyDay): Promise<void> {
  const random = new Random(5)
  const changes: SeatChange[] = []
  const seats = day.agents.map((staff, index) => sitDown(day, staff, index, random, changes))
  for (let hour = 0; hour < 24; hour++) {
    const calls = BY_HOUR[hour] ?? 0
    const arrivals = Array.from({ length: calls }, () => random.between(0, HOUR_MS)).sort((a, b) => a - b)
    for (const late of arrivals) {
      const queuedAt = day.from + hour * HOUR_MS + late
      if (queuedAt < day.now) await take(day, queuedAt, seats, random, changes)
    }
  }
  for (const seat of seats) {
    if (seat.leavesAt < day.now) change(changes, seat, Math.max(seat.leavesAt, seat.freeAt), 'signed-out')
  }
  const told = changes
    .filter(({ at }) => at.getTime() <= day.now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  for (let i = 0; i < told.length; i += 1_000) {
    await day.db
      .insertInto('seat_changes')
      .values(told.slice(i, i + 1_000))
      .execute()
  }
}

interface SeatChange {
  readonly seat: SeatChangesTable['seat']
  readonly at: Date
  readonly staff_id: StaffId | null
  readonly state: SeatChangesTable['state']
  readonly reason: string | null
  readonly call_id: SeatChangesTable['call_id']
}

function change(
  changes: SeatChange[],
  { number, staff }: Pick<Seat, 'number' | 'staff'>,
  at: number,
  state: SeatChangesTable['state'],
  more: { readonly reason?: string; readonly call?: CallsTable['id'] } = {},
): void {
  changes.push({
    seat: asId(number),
    at: new Date(Math.round(at)),
    staff_id: state === 'signed-out' ? null : staff,
    state,
    reason: more.reason ?? null,
    call_id: more.call ?? null,
  })
}

/** One is there through the night, one in the evening; the others come in the morning. All stay for nine hours. */
function sitDown(day: BusyDay, staff: StaffId, index: number, random: Random, changes: SeatChange[]): Seat {
  const startHour = [0, 14.9][index] ?? [7, 8, 8, 10][index % 4] ?? 8
  const at = day.from + startHour * HOUR_MS + random.between(0, 6 * MINUTE_MS)
  const seat: Seat = {
    number: String(1001 + index),
    staff,
    leavesAt: at + 9 * HOUR_MS,
    freeAt: at + 3 * MINUTE_MS,
    breakAt: at + random.between(2, 4) * HOUR_MS,
  }
  change(changes, seat, at, 'not-ready', { reason: 'signed-in' })
  change(changes, seat, seat.freeAt, 'ready')
  return seat
}

async function take(day: BusyDay, queuedAt: number, seats: Seat[], random: Random, changes: SeatChange[]) {
  const line = day.lines[Math.floor(random.next() ** 2 * day.lines.length)]
  if (line === undefined) throw new Error('no line')
  const id = asId<CallsTable['id']>(randomUUID())
  const patienceMs = 2_000 + random.around(70_000)
  const there = seats.filter(seat => seat.freeAt - queuedAt < patienceMs && seat.leavesAt > queuedAt)
  const seat = there.toSorted((a, b) => a.freeAt - b.freeAt)[0]
  const overflowsAt = queuedAt + 45_000
  if (seat === undefined || Math.max(seat.freeAt, queuedAt) > day.now) {
    return await leave(day, { id, line, queuedAt, endedAt: queuedAt + patienceMs, overflowsAt }, random)
  }
  const offeredAt = Math.max(seat.freeAt, queuedAt) + 200
  const answeredAt = offeredAt + random.between(1_500, 5_000)
  const bridgedAt = answeredAt + 2_000
  const endedAt = bridgedAt + 20_000 + random.around(110_000)
  const over = endedAt < day.now
  await day.db
    .insertInto('calls')
    .values({
      ...opening(id, line, queuedAt, random),
      answered_at: new Date(answeredAt),
      bridged_at: new Date(bridgedAt),
      seat: asId(seat.number),
      staff_id: seat.staff,
      offers: 1,
      ...(over
        ? {
            ended_at: new Date(endedAt),
            talk_ms: Math.round(endedAt - bridgedAt),
            result: 'completed',
            reason: 'hung-up',
            ended_by: 'caller',
          }
        : {}),
    })
    .execute()
  if (answeredAt > overflowsAt) await note(day, id, 1, overflowsAt, 'escalated', { step: 'overflow' })
  if (over && random.chance(0.15)) {
    await note(day, id, 2, bridgedAt + 5_000, 'held', { by: 'agent' })
    await note(day, id, 3, bridgedAt + 5_000 + (endedAt - bridgedAt) * 0.3, 'unheld', { by: 'agent' })
  }
  change(changes, seat, offeredAt, 'reserved', { call: id })
  change(changes, seat, offeredAt + 300, 'ringing', { call: id })
  change(changes, seat, answeredAt, 'talking', { call: id })
  change(changes, seat, endedAt, 'wrap-up', { call: id })
  seat.freeAt = endedAt + random.between(8_000, 45_000)
  goOn(seat, random, changes)
}

/** Ready again, or on a break first. */
function goOn(seat: Seat, random: Random, changes: SeatChange[]): void {
  if (seat.freeAt > seat.breakAt) {
    change(changes, seat, seat.freeAt, 'not-ready', { reason: random.chance(0.5) ? 'meal' : 'break' })
    seat.freeAt += random.between(8, 35) * MINUTE_MS
    seat.breakAt = seat.freeAt + random.between(90, 180) * MINUTE_MS
  }
  if (seat.freeAt < seat.leavesAt) change(changes, seat, seat.freeAt, 'ready')
}

interface Left {
  readonly id: CallsTable['id']
  readonly line: BusyDay['lines'][number]
  readonly queuedAt: number
  readonly endedAt: number
  readonly overflowsAt: number
}

async function leave(day: BusyDay, { id, line, queuedAt, endedAt, overflowsAt }: Left, random: Random) {
  const failed = random.chance(0.04)
  const end = failed
    ? ({ result: 'our-fault', reason: 'queue-full', ended_by: 'system' } as const)
    : ({ result: 'abandoned', reason: 'left-in-queue', ended_by: 'caller' } as const)
  const over = endedAt < day.now ? { ended_at: new Date(endedAt), ...end } : {}
  await day.db
    .insertInto('calls')
    .values({ ...opening(id, line, queuedAt, random), ...over })
    .execute()
  if (Math.min(endedAt, day.now) > overflowsAt)
    await note(day, id, 1, overflowsAt, 'escalated', { step: 'overflow' })
}

function opening(id: CallsTable['id'], line: BusyDay['lines'][number], queuedAt: number, random: Random) {
  return {
    id,
    leg: asId<LegId>(`leg-${id}`),
    caller_number: `139${String(Math.floor(random.between(0, 99_999_999))).padStart(8, '0')}`,
    dialled: line.number,
    line_number: line.number,
    line_name: line.name,
    queue_id: line.queue_id,
    arrived_at: new Date(queuedAt - 8_000),
    queued_at: new Date(queuedAt),
  }
}

async function note(day: BusyDay, call: string, position: number, at: number, kind: string, detail: object) {
  await sql`
    insert into call_notes (call_id, position, at, kind, detail)
    values (${call}, ${position}, ${new Date(at)}, ${kind}, ${JSON.stringify(detail)})
  `.execute(day.db)
}
