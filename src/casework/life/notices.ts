import type { UnitId } from '#kernel/ids.ts'
import type { Act } from '../../cases/life/acts.ts'
import { assignmentOf, leadOf, standing } from '../../cases/life/assignments.ts'
import type { Order } from '../../cases/life/order.ts'
import type { Notice } from '../notices/index.ts'

/** Who is to hear of an act: the units that it gives something to do, or takes it from. */
export function noticesOf(before: Order, act: Act, after: Order): readonly Notice[] {
  const to = (units: readonly (UnitId | null | undefined)[], kind: string): readonly Notice[] =>
    [...new Set(units)].flatMap(unit =>
      unit === null || unit === undefined ? [] : [{ order: after.id, toUnit: unit, kind, detail: {} }],
    )
  const all = standing(after).map(({ unit }) => unit)
  const lead = [leadOf(after)?.unit]
  switch (act.do) {
    case 'dispatch':
    case 'meet':
      return to(
        act.to.map(({ unit }) => unit),
        'dispatched',
      )
    case 'pass-down':
      return to([act.to], 'dispatched')
    case 'add-unit':
      return to([act.unit], 'dispatched')
    case 'recall':
      return to(
        standing(before).map(({ unit }) => unit),
        'recalled',
      )
    case 'return':
      return to([assignmentOf(before, act.unit)?.from], 'return-asked')
    case 'accept-return':
      return to([act.unit], 'returned')
    case 'refuse-return':
      return to([act.unit], 'return-refused')
    case 'answer':
      return to([assignmentOf(before, act.unit)?.from ?? leadOf(before)?.unit], 'answered').filter(
        ({ toUnit }) => toUnit !== act.unit,
      )
    case 'send-back':
      return to(lead, 'sent-back')
    case 'rate':
      return after.status === 'in-hand' ? to(lead, 'rework') : to(lead, 'closed')
    case 'close':
      return to(lead, 'closed')
    case 'reopen':
      return to(lead, 'reopened')
    case 'grant-extension':
      return to(lead, 'extension-granted')
    case 'refuse-extension':
      return to(lead, 'extension-refused')
    case 'grant-hold':
      return to(lead, 'hold-granted')
    case 'refuse-hold':
      return to(lead, 'hold-refused')
    case 'resume':
      return to(lead, 'resumed')
    case 'supervise':
      return to(all, act.level === 1 ? 'urged' : 'supervised')
    case 'merge':
      return to(all, 'merged')
    case 'unmerge':
      return to(all, 'unmerged')
    case 'change-priority':
      return to(all, 'priority-changed')
    case 'agree-override':
      return to([...all, ...standing(before).map(({ unit }) => unit)], 'moved')
    default:
      return []
  }
}
