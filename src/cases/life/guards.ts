import type { RefusalCode } from '#kernel/outcome.ts'
import { DAY_MS } from '#kernel/time.ts'
import { type Actor, hasRight } from '../actor.ts'
import type { Limit } from '../clocks/clock.ts'
import type { Act, Assignee } from './acts.ts'
import { assignmentOf, standing } from './assignments.ts'
import { isHandling } from './clockwork.ts'
import type { Context } from './context.ts'
import type { Order } from './order.ts'
import type { Guard } from './table.ts'

type Check = (order: Order, act: Act, actor: Actor, context: Context) => RefusalCode | null

const CHECKS: Readonly<Record<Guard, Check>> = {
  'took-part': (_order, _act, actor, { tookPart }) =>
    tookPart || hasRight(actor, 'order.lead') ? null : 'not-allowed',
  'not-held': order => (order.hold?.state === 'held' ? 'order-held' : null),
  'one-lead'(_order, act) {
    const to = assignees(act)
    if (to.filter(({ role }) => role === 'lead').length !== 1) return 'one-lead-needed'
    return new Set(to.map(({ unit }) => unit)).size === to.length ? null : 'unit-assigned-already'
  },
  'not-returned-before': (order, act) =>
    assignees(act).some(({ unit }) => order.returnedBy.includes(unit)) ? 'unit-returned-it' : null,
  'can-return'(order, act, _actor, context) {
    if (act.do !== 'return') return null
    const part = assignmentOf(order, act.unit)
    if (part?.binding) return 'return-binding'
    if (part === null) return null
    const until = context.afterWorkingDays(part.assignedAt, context.table.numbers.returnWorkingDays)
    return context.at > until ? 'return-too-late' : null
  },
  /** 首次退单 by the dispatcher, the second by the hotline office, the third by a joint meeting alone. */
  'ruling-rank'(order, act, actor) {
    const part = 'unit' in act && act.unit !== null ? assignmentOf(order, act.unit) : null
    if (part === null || part.from !== null || order.returnedBy.length === 0) return null
    if (order.returnedBy.length > 1) return 'return-needs-meeting'
    return hasRight(actor, 'order.rule') ? null : 'return-needs-ruling'
  },
  'has-cause-to-meet': order =>
    order.returnedBy.length > 0 || standing(order).some(({ state }) => state === 'return-asked')
      ? null
      : 'nothing-to-meet-about',
  below: (_order, act, _actor, context) =>
    act.do === 'pass-down' && !context.isBelow(act.to, act.unit) ? 'unit-not-below' : null,
  'not-assigned-yet'(order, act) {
    const unit = act.do === 'pass-down' ? act.to : act.do === 'add-unit' ? act.unit : null
    return unit !== null && assignmentOf(order, unit) !== null ? 'unit-assigned-already' : null
  },
  'co-units-answered'(order, act) {
    if (act.do !== 'answer') return null
    const part = assignmentOf(order, act.unit)
    if (part?.role !== 'lead' || part.from !== null) return null
    const open = standing(order).some(({ unit, state }) => unit !== act.unit && state !== 'answered')
    return open ? 'co-units-open' : null
  },
  'extension-left'(order, act, _actor, context) {
    if (act.do !== 'ask-extension') return null
    if (order.extensionAsk !== null) return 'extension-asked'
    const allowed = context.extensionOf(order.type, order.priority)
    if (allowed === null || order.extensions >= allowed.times) return 'extension-spent'
    if (isLonger(act.days, allowed.most)) return 'extension-too-long'
    const clock = order.clocks.find(isHandling)
    const due = clock === undefined ? null : context.dueOf(clock)
    return due !== null && context.at >= due ? 'extension-too-late' : null
  },
  'extension-rank'(order, _act, actor, context) {
    if (order.extensionAsk === null) return 'no-extension-asked'
    const leaderFrom = context.extensionOf(order.type, order.priority)?.leaderFrom ?? null
    const byLeader = leaderFrom !== null && order.extensions + 1 >= leaderFrom
    return byLeader && !hasRight(actor, 'order.rule') ? 'extension-needs-leader' : null
  },
  'within-reopen-days': ({ closedAt }, _act, _actor, { at, table }) =>
    closedAt !== null && at - closedAt > table.numbers.reopenDays * DAY_MS ? 'reopen-too-late' : null,
  'calls-apart'({ callBackTries }, _act, _actor, { at, table }) {
    const last = callBackTries.at(-1)
    return last !== undefined && at - last.at < table.numbers.callBackApartMs ? 'call-back-too-soon' : null
  },
  'level-rises'(order, act, actor) {
    if (act.do !== 'supervise') return null
    if (act.level <= order.supervision) return 'level-not-higher'
    return act.level === 5 && !hasRight(actor, 'order.refer') ? 'not-allowed' : null
  },
  supervised: order => (order.supervision >= 2 ? null : 'not-supervised'),
  'other-person'(order, _act, actor) {
    if (order.overrideAsk === null) return 'no-override-asked'
    return actor.kind === 'staff' && actor.staff === order.overrideAsk.by ? 'other-person-needed' : null
  },
  mergeable(order, act, _actor, { mergeTarget }) {
    if (act.do !== 'merge') return null
    if (act.into === order.id) return 'merge-into-self'
    const open = mergeTarget !== null && !['merged', 'void', 'archived', 'emergency'].includes(mergeTarget)
    return open ? null : 'merge-target-closed'
  },
  'old-enough': ({ closedAt }, _act, _actor, { at, table }) =>
    closedAt === null || at - closedAt >= table.numbers.archiveDays * DAY_MS ? null : 'archive-too-early',
}

/** @returns why the act is refused, by the first of the guards that says so */
export function guarded(guards: readonly Guard[], ...parts: Parameters<Check>): RefusalCode | null {
  for (const guard of guards) {
    const refusal = CHECKS[guard](...parts)
    if (refusal !== null) return refusal
  }
  return null
}

function isLonger(days: number, most: Limit): boolean {
  return most.unit === 'wall' ? days * DAY_MS > most.ms : days > most.days
}

function assignees(act: Act): readonly Assignee[] {
  return act.do === 'dispatch' || act.do === 'meet' ? act.to : []
}
