import type { UnitId } from '#kernel/ids.ts'
import type { Act } from '../../cases/life/acts.ts'
import { assignmentOf, leadOf, standing } from '../../cases/life/assignments.ts'
import type { Order } from '../../cases/life/order.ts'
import type { NoticeKind } from '../../cases/notice-kinds.ts'
import type { NoticeToSend } from '../notices/index.ts'

/** Who is to hear of an act: the units that it gives something to do, or takes it from. */
export function noticesOf(before: Order, act: Act, after: Order): readonly NoticeToSend[] {
  const to = (units: readonly (UnitId | null | undefined)[], kind: NoticeKind): readonly NoticeToSend[] =>
    [...new Set(units)].flatMap(unit =>
      unit === null || unit === undefined ? [] : [{ order: after.id, to: { unit }, kind }],
    )
  const all = standing(after).map(({ unit }) => unit)
  const had = standing(before).map(({ unit }) => unit)
  const lead = [leadOf(after)?.unit]
  switch (act.do) {
    case 'dispatch':
      return to(unitsIn(act.to), 'dispatched')
    case 'meet':
      return to([...unitsIn(act.to), ...had], 'ruled')
    case 'pass-down':
      return to([act.to], 'passed-down')
    case 'add-unit':
      return to([act.unit], 'unit-added')
    case 'recall':
      return to(had, 'recalled')
    case 'return':
      return to([assignmentOf(before, act.unit)?.from], 'return-asked')
    case 'accept-return':
      return to([act.unit], 'returned')
    case 'refuse-return':
      return to([act.unit], 'return-refused')
    case 'answer': {
      const upper = assignmentOf(before, act.unit)?.from ?? leadOf(before)?.unit
      return upper === act.unit ? [] : to([upper], 'answered')
    }
    case 'send-back':
      return to(lead, 'sent-back')
    case 'rate':
      return to(lead, after.status === 'in-hand' ? 'rework' : 'closed')
    case 'close':
      return to(all, 'closed')
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
      return to([...all, ...had], 'ruled')
    default:
      return []
  }
}

function unitsIn(to: readonly { readonly unit: UnitId }[]): readonly UnitId[] {
  return to.map(({ unit }) => unit)
}
