import type { TransferTargetForm } from '../../floor/call-control/schema.ts'
import type { DirectoryEntry } from '../../floor/directory/schema.ts'
import type { LineView } from '../../floor/lines/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import type { SeatRow } from '../../floor/seats/schema.ts'
import type { SeatStateName } from '../kit/api-types.ts'

export const TABS = ['seat', 'queue', 'line', 'entry', 'outside'] as const
export type Tab = (typeof TABS)[number]

/** Something a call can be sent to, as the panel lists it. */
export interface TargetRow {
  readonly key: string
  readonly target: TransferTargetForm
  readonly code: string
  readonly name: string
  readonly detail: string
  /** Of a seat. */
  readonly state: SeatStateName | null
  /** Somebody could answer at once, as far as this page can know. */
  readonly possible: boolean
}

/** Other seats with somebody there; who could answer comes first. */
export function seatRows(seats: readonly SeatRow[], own: string): readonly TargetRow[] {
  const rows = seats
    .filter(seat => seat.agentName !== null && seat.number !== own)
    .map(
      (seat): TargetRow => ({
        key: seat.number,
        target: { kind: 'seat', seat: seat.number },
        code: seat.number,
        name: seat.agentName ?? '',
        detail: seat.agentNumber ?? '',
        state: seat.state,
        possible: seat.state === 'ready' && seat.registered && seat.deskConnected,
      }),
    )
  return rows.toSorted((a, b) => Number(b.possible) - Number(a.possible) || a.key.localeCompare(b.key))
}

export function queueRows(
  queues: readonly QueueView[],
  nameOf: (queue: QueueView) => string,
): readonly TargetRow[] {
  return queues.map(queue => ({
    ...plain(queue.id, { kind: 'queue', queue: queue.id }),
    name: nameOf(queue),
  }))
}

export function lineRows(
  lines: readonly LineView[],
  queueName: (id: string) => string,
): readonly TargetRow[] {
  return lines
    .filter(line => line.active)
    .map(line => ({
      ...plain(line.number, { kind: 'line', line: line.number }),
      code: line.number,
      name: line.name,
      detail: queueName(line.queue),
    }))
}

/** Emergencies have keys of their own. */
export function entryRows(
  entries: readonly DirectoryEntry[],
  queueName: (id: string) => string,
): readonly TargetRow[] {
  return entries
    .filter(entry => entry.active && entry.kind !== 'emergency')
    .map(entry => ({
      ...plain(entry.id, { kind: 'entry', id: entry.id }),
      code: entry.number ?? entry.line ?? queueName(entry.queue ?? ''),
      name: entry.name,
      detail: entry.dutyHours,
    }))
}

/** One row for what was typed, once it can be a number. */
export function outsideRows(typed: string): readonly TargetRow[] {
  const number = plainDigits(typed)
  return isDialable(number) ? [{ ...plain(number, { kind: 'outside', number }), code: number }] : []
}

export function matching(rows: readonly TargetRow[], search: string): readonly TargetRow[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter(row =>
    [row.code, row.name, row.detail].some(text => text.toLowerCase().includes(wanted)),
  )
}

/** What people type and paste around a number's digits is left out, the country's prefix too. */
export function plainDigits(typed: string): string {
  return typed.replace(/^\s*(\+86|0086)/, '').replace(/[\s().-]/g, '')
}

/** As the service has it in floor/call-control/outside-numbers.ts. */
export function isDialable(number: string): boolean {
  return /^[0-9]{3,20}$/.test(number)
}

function plain(key: string, target: TransferTargetForm): TargetRow {
  return { key, target, code: '', name: '', detail: '', state: null, possible: true }
}
