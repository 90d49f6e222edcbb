import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { instantsOf } from '../../cases/clocks/instants.ts'
import { isPaused } from '../../cases/clocks/operations.ts'
import type { Act } from '../../cases/life/acts.ts'
import type { Assignment, Order } from '../../cases/life/order.ts'
import type { PossibleAct } from '../../cases/life/possible.ts'
import type { Reckoning } from '../clocks/index.ts'
import type { CaseView } from './schema.ts'
import type { OrderRow } from './store.ts'

export interface CaseParts {
  readonly row: OrderRow
  readonly order: Order
  readonly reckoning: Reckoning
  readonly unitNames: ReadonlyMap<UnitId, string>
  readonly merged: readonly OrderRow[]
  readonly possible: readonly PossibleAct[]
  /** What people said, as the reader may read it. */
  words(text: string, by: string | null): string
  /** Who did what last, by the act. */
  readonly askedBy: ReadonlyMap<string, string | null>
}

export function present({
  row,
  order,
  reckoning,
  unitNames,
  merged,
  possible,
  words,
  askedBy,
}: CaseParts): CaseView {
  const reasonOf = (act: Act['do'], reason: string) => words(reason, askedBy.get(act) ?? null)
  return {
    id: row.id,
    number: row.number,
    status: order.status,
    priority: order.priority,
    assignments: order.assignments.map(part => presentPart(part, unitNames)),
    clocks: order.clocks.map(clock => {
      const { planned, yellow, due } = instantsOf(clock, reckoning)
      return {
        kind: clock.kind,
        unit: clock.unit,
        startedAt: iso(clock.startedAt),
        plannedAt: iso(planned),
        yellowAt: isoOrNull(yellow),
        dueAt: isoOrNull(due),
        stoppedAt: isoOrNull(clock.stoppedAt),
        paused: isPaused(clock),
      }
    }),
    hold:
      order.hold === null
        ? null
        : { ...order.hold, reason: reasonOf('ask-hold', order.hold.reason), since: iso(order.hold.since) },
    extensionAsk:
      order.extensionAsk === null
        ? null
        : {
            ...order.extensionAsk,
            reason: reasonOf('ask-extension', order.extensionAsk.reason),
            askedAt: iso(order.extensionAsk.askedAt),
          },
    extensions: order.extensions,
    supervision: order.supervision,
    reworks: order.reworks,
    returns: order.returnedBy.length,
    callBackTries: order.callBackTries.map(({ at }) => iso(at)),
    grade: order.grade,
    closing: order.closing,
    closedAt: isoOrNull(order.closedAt),
    mergedInto: order.mergedInto,
    merged: merged.map(one => ({ id: one.id, number: one.number, openedAt: one.opened_at.toISOString() })),
    overrideAsk:
      order.overrideAsk === null
        ? null
        : { to: order.overrideAsk.to, reason: reasonOf('ask-override', order.overrideAsk.reason) },
    possible: possible.map(one => ({ ...one })),
    version: row.version,
  }
}

function presentPart(part: Assignment, names: ReadonlyMap<UnitId, string>): CaseView['assignments'][number] {
  return {
    ...part,
    unitName: names.get(part.unit) ?? part.unit,
    assignedAt: iso(part.assignedAt),
    signedAt: isoOrNull(part.signedAt),
    contactedAt: isoOrNull(part.contactedAt),
    answeredAt: isoOrNull(part.answeredAt),
  }
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
