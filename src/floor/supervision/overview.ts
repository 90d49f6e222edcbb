import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import type { SeatNumber } from '#kernel/ids.ts'
import { type Instant, SECOND_MS, today } from '#kernel/time.ts'
import type { Call, Watch } from '../../contact-center/call/call.ts'
import type { SeatPurpose } from '../../contact-center/events.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { FloorControl, QueueNow } from '../../engine/ports.ts'
import type { Seats } from '../seats/index.ts'
import { todayOf, whyNotOffered } from './rules.ts'
import type { FloorQueue, FloorSeat, FloorToday, FloorView, FloorWatch } from './schema.ts'
import { countCalls, type QueueName, queueNames } from './store.ts'

export interface OverviewParts {
  readonly db: Kysely<Database>
  readonly floor: FloorControl
  readonly seats: Seats
  readonly log: Logger
}

/** What PostgreSQL knows about the floor is asked anew after this long. */
export const FIGURES_EVERY_MS = 5 * SECOND_MS

/**
 * The floor as one picture. Seats and callers are read from memory; the names of queues and today's figures come
 * from PostgreSQL now and then, and while it is away the last known stand.
 */
export class FloorOverview {
  private readonly parts: OverviewParts
  /** Of today, as last read. */
  figures: FloorToday | null = null
  private names: readonly QueueName[] = []
  private readAt: Instant = Number.NEGATIVE_INFINITY
  private reading: Promise<void> | null = null

  constructor(parts: OverviewParts) {
    this.parts = parts
  }

  view(): FloorView {
    const at = Date.now()
    const known = this.names.map(({ id }) => id)
    return {
      at: new Date(at).toISOString(),
      seats: this.parts.seats.all().flatMap(seat => this.seat(seat) ?? []),
      queues: this.parts.floor.queues(known).map(queue => presentQueue(queue, this.names, at)),
      today: this.figures,
    }
  }

  seat(seat: Seat): FloorSeat | null {
    if (seat.agent === null) return null
    const { number, state, reason, since, phone, registered, deskConnected, after, purpose } =
      this.parts.seats.view(seat)
    const call = 'leg' in seat.state ? this.parts.floor.call(seat.state.call) : undefined
    return {
      number,
      state,
      reason,
      since,
      phone,
      registered,
      deskConnected,
      after,
      agentName: seat.agent.name,
      agentNumber: seat.agent.number,
      call: call === undefined || purpose === null ? null : this.call(seat, call, purpose),
      skills: seat.agent.skills,
      whyNotOffered: whyNotOffered(seat),
    }
  }

  private call(seat: Seat, call: Call, purpose: SeatPurpose): NonNullable<FloorSeat['call']> {
    const { id, direction, caller, line, bridgedAt, watch } = call
    const nameAt = (number: SeatNumber) => this.parts.floor.seat(number)?.agent?.name ?? null
    return {
      id,
      direction,
      callerNumber: caller,
      lineName: line?.name ?? null,
      since: new Date(bridgedAt ?? seat.state.since).toISOString(),
      purpose,
      watch: watch === null ? null : presentWatch(watch, nameAt(watch.by.seat)),
    }
  }

  /** Asks PostgreSQL when what it told is older than `FIGURES_EVERY_MS`; never throws. */
  async refresh(): Promise<void> {
    if (Date.now() < this.readAt + FIGURES_EVERY_MS) return
    this.reading ??= this.read().finally(() => {
      this.reading = null
    })
    await this.reading
  }

  private async read(): Promise<void> {
    const { db, log } = this.parts
    try {
      const { from, to } = today(Date.now())
      const [names, counts] = await Promise.all([queueNames(db), countCalls(db, from, to)])
      this.names = names
      this.figures = todayOf(counts)
      this.readAt = Date.now()
    } catch (error) {
      log.warn({ err: error }, "the floor's figures not read again; the last known stand")
    }
  }
}

function presentWatch({ by, on, mode, answered }: Watch, agentName: string | null): FloorWatch {
  return { seat: by.seat, agentName, on: on.seat, mode, joined: answered }
}

function presentQueue(queue: QueueNow, names: readonly QueueName[], at: Instant): FloorQueue {
  const { nameZh, nameEn } = names.find(({ id }) => id === queue.id) ?? { nameZh: queue.id, nameEn: queue.id }
  const callers = queue.callers.map(({ call, since, priority }) => ({
    callId: call.id,
    callerNumber: call.caller,
    lineName: call.line?.name ?? null,
    waitedMs: Math.max(0, at - since),
    priority: Math.round(priority * 10) / 10,
  }))
  const longestWaitMs = Math.max(0, ...callers.map(({ waitedMs }) => waitedMs))
  return {
    id: queue.id,
    nameZh,
    nameEn,
    priority: queue.priority,
    waiting: callers.length,
    longestWaitMs,
    readySeats: queue.readySeats,
    callers,
  }
}
