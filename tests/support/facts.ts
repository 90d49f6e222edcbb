import { randomUUID } from 'node:crypto'
import type { CallLine, CallNote, CallSummary, Fact } from '../../src/contact-center/events.ts'
import { asId, type CallId, type SeatNumber, type StaffId, type WorkOrderId } from '../../src/kernel/ids.ts'

export const LINE: CallLine = {
  number: asId('12345'),
  name: '便民热线',
  queue: asId('general'),
  greets: true,
}

/** 2026-11-21 20:58:00 in the city. */
export const EVENING = Date.UTC(2026, 10, 21, 12, 58)

export interface ToldCall {
  readonly id: CallId
  readonly draft: WorkOrderId
  /** The facts of each event, in order. */
  readonly events: readonly (readonly Fact[])[]
}

/** What the engine tells of a call that waited 3 s in the queue and then talked for 30 s. */
export function answeredCall(staff: StaffId, arrivedAt = EVENING, caller = '13907551234'): ToldCall {
  const id = asId<CallId>(randomUUID())
  const draft = asId<WorkOrderId>(randomUUID())
  const seat = asId<SeatNumber>('1001')
  const at = (seconds: number) => arrivedAt + seconds * 1_000
  const noted = (seconds: number, note: CallNote): Fact => ({
    fact: 'call-noted',
    call: id,
    at: at(seconds),
    note,
  })
  const summary: CallSummary = {
    call: id,
    arrivedAt,
    queuedAt: at(1),
    answeredAt: at(4),
    bridgedAt: at(6),
    talkMs: 30_000,
    endedAt: at(36),
    leg: asId(`leg-${id}`),
    seat,
    staff,
    offers: 1,
    records: true,
    result: 'completed',
    reason: 'hung-up',
    endedBy: 'caller',
  }
  const answer = { seat, staff, draft, caller, line: LINE }
  return {
    id,
    draft,
    events: [
      [
        {
          fact: 'call-opened',
          call: {
            call: id,
            direction: 'inbound',
            callBackOf: null,
            missedCall: null,
            leg: asId(`leg-${id}`),
            caller,
            dialled: '12345',
            line: LINE,
            arrivedAt,
          },
        },
        noted(0, { kind: 'arrived', dialled: '12345', line: LINE.number }),
      ],
      [noted(1, { kind: 'queued', queue: LINE.queue, again: false, reason: 'arrived' })],
      [
        noted(2, { kind: 'offered', seat, attempt: 1 }),
        {
          fact: 'seat-changed',
          at: at(2),
          seat: { seat, staff, state: 'reserved', reason: null, call: id },
        },
      ],
      [noted(4, { kind: 'answered', seat }), { fact: 'call-answered', call: id, at: at(4), answer }],
      [noted(6, { kind: 'bridged', seat })],
      [
        noted(36, { kind: 'ended', result: 'completed', reason: 'hung-up', by: 'caller' }),
        { fact: 'call-closed', call: summary },
      ],
    ],
  }
}

/** What the engine tells of a caller who waited 20 s and left. */
export function abandonedCall(arrivedAt = EVENING, caller = '13907551234'): ToldCall {
  const told = answeredCall(asId<StaffId>(randomUUID()), arrivedAt, caller)
  const endedAt = arrivedAt + 21_000
  const end = { result: 'abandoned', reason: 'left-in-queue' } as const
  const summary: CallSummary = {
    call: told.id,
    arrivedAt,
    queuedAt: arrivedAt + 1_000,
    answeredAt: null,
    bridgedAt: null,
    talkMs: null,
    endedAt,
    leg: asId(`leg-${told.id}`),
    seat: null,
    staff: null,
    offers: 0,
    records: true,
    ...end,
    endedBy: 'caller',
  }
  const ended: Fact = {
    fact: 'call-noted',
    call: told.id,
    at: endedAt,
    note: { kind: 'ended', ...end, by: 'caller' },
  }
  return { ...told, events: [...told.events.slice(0, 2), [ended, { fact: 'call-closed', call: summary }]] }
}
