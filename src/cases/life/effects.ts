import { type Outcome, ok, refuse, unreachable } from '#kernel/outcome.ts'
import type { Actor } from '../actor.ts'
import type { Act } from './acts.ts'
import { assigned, assignmentOf, leadOf, standing, withdrawn, withPart, withParts } from './assignments.ts'
import { extended } from './clockwork.ts'
import type { Context } from './context.ts'
import type { Assignment, CallBackTry, Closing, Order, SupervisionLevel } from './order.ts'

type ActOf<Name extends Act['do']> = Extract<Act, { readonly do: Name }>

/**
 * What an act makes of an order that it is possible for; the clocks are seen to afterwards. Refuses what depends on the
 * order's parts: no such assignment, nothing asked.
 */
export function effectOf(order: Order, act: Act, actor: Actor, context: Context): Outcome<Order> {
  const { at } = context
  switch (act.do) {
    case 'register':
      return ok({
        ...order,
        status: 'to-dispatch',
        type: act.type,
        priority: act.priority,
        // Who reports somebody is protected, asked for or not.
        secret: act.secret || act.type === 'REPORT',
      })
    case 'answer-directly':
      return order.type === null ? refuse('type-missing') : ok(closed(order, 'answered', context))
    case 'tell-legal-route':
      return ok(closed(order, 'legal-route', context))
    case 'hand-to-emergency':
      return ok({ ...order, status: 'emergency', priority: 'P0', closedAt: at })
    case 'void':
      return ok({ ...order, status: 'void', closedAt: at })
    case 'dispatch':
      return ok({
        ...withParts(
          order,
          act.to.map(to => assigned(to, null, at)),
        ),
        status: 'to-sign',
      })
    case 'recall':
      return ok({ ...withdrawn(order), status: 'to-dispatch' })
    case 'pass-down':
    case 'sign':
    case 'return':
    case 'accept-return':
    case 'refuse-return':
    case 'contact':
    case 'arrive':
    case 'answer':
      return ofUnit(order, act, context)
    case 'meet': {
      const parts = act.to.map(to => ({ ...assigned(to, null, at), binding: true }))
      return ok({ ...withParts(withdrawn(order), parts), status: 'to-sign' })
    }
    case 'add-unit':
      return ok(withParts(order, [assigned({ unit: act.unit, role: 'co', person: null }, null, at)]))
    case 'approve':
      return ok({ ...order, status: 'to-call-back', callBackTries: [] })
    case 'send-back':
      return ok({ ...leadWorksAgain(order), status: 'in-hand' })
    case 'ask-extension':
      if (assignmentOf(order, act.unit) === null) return refuse('unit-not-assigned')
      return ok({ ...order, extensionAsk: { days: act.days, reason: act.reason, askedAt: at } })
    case 'grant-extension':
      if (order.extensionAsk === null) return refuse('no-extension-asked')
      return ok({
        ...extended(order, order.extensionAsk.days),
        extensions: order.extensions + 1,
        extensionAsk: null,
      })
    case 'refuse-extension':
      return ok({ ...order, extensionAsk: null })
    case 'ask-hold':
    case 'grant-hold':
    case 'refuse-hold':
    case 'resume':
      return hold(order, act, context)
    case 'miss-call-back':
      return ok(missed(order, actor, context))
    case 'rate':
      return ok(rated(order, act, context))
    case 'close':
      return ok(closed(order, act.solved ? 'solved' : 'not-solved', context))
    case 'reopen':
      return ok(reopened(order))
    case 'supervise':
      return ok({ ...order, supervision: act.level })
    case 'end-supervision':
      return ok({ ...order, supervision: 0 })
    case 'change-priority':
      return ok({ ...order, priority: act.priority })
    case 'merge':
      return ok({ ...order, status: 'merged', mergedInto: act.into, mergedFrom: order.status })
    case 'unmerge':
      if (order.mergedFrom === null) return refuse('act-not-now')
      return ok({ ...order, status: order.mergedFrom, mergedInto: null, mergedFrom: null })
    case 'note':
      return ok(order)
    case 'archive':
      return ok({ ...order, status: 'archived' })
    case 'ask-override':
    case 'agree-override':
    case 'refuse-override':
      return override(order, act, actor, context)
    default:
      return unreachable(act)
  }
}

type UnitAct = ActOf<
  'pass-down' | 'sign' | 'return' | 'accept-return' | 'refuse-return' | 'contact' | 'arrive' | 'answer'
>

/** What a unit does with its own part, or what is ruled about it. */
function ofUnit(order: Order, act: UnitAct, { at }: Context): Outcome<Order> {
  const part = assignmentOf(order, act.unit)
  if (part === null) return refuse('unit-not-assigned')
  const isIn = (...states: Assignment['state'][]) => states.includes(part.state)
  switch (act.do) {
    case 'sign':
      if (!isIn('to-sign')) return refuse('signed-already')
      return ok(begun(withPart(order, act.unit, { state: 'working', signedAt: at }), part))
    case 'pass-down': {
      if (!isIn('working')) return refuse('not-signed')
      const below = assigned({ unit: act.to, role: part.role, person: null }, act.unit, at)
      return ok(withParts(withPart(order, act.unit, { state: 'passed-down' }), [below]))
    }
    case 'contact':
    case 'arrive':
      if (isIn('return-asked', 'answered')) return refuse('act-not-now')
      return ok(withPart(order, act.unit, { contactedAt: part.contactedAt ?? at }))
    case 'return':
      if (!isIn('to-sign', 'working')) return refuse('act-not-now')
      return ok(withPart(order, act.unit, { state: 'return-asked' }))
    case 'refuse-return':
      if (!isIn('return-asked')) return refuse('no-return-asked')
      return ok(
        begun(
          withPart(order, act.unit, { state: 'working', signedAt: part.signedAt ?? at, binding: true }),
          part,
        ),
      )
    case 'accept-return':
      if (!isIn('return-asked')) return refuse('no-return-asked')
      return ok(returned(order, part))
    case 'answer':
      if (!isIn('working')) return refuse(part.state === 'to-sign' ? 'not-signed' : 'act-not-now')
      return ok(answered(order, part, at))
  }
}

/** 办理中 begins when the lead unit has signed. */
function begun(order: Order, { role, from }: Assignment): Order {
  return role === 'lead' && from === null ? { ...order, status: 'in-hand' } : order
}

function returned(order: Order, part: Assignment): Order {
  const without = withPart(order, part.unit, { state: 'returned' })
  if (part.from !== null) return withPart(without, part.from, { state: 'working' })
  const counted = { ...without, returnedBy: [...order.returnedBy, part.unit] }
  return part.role === 'lead' ? { ...withdrawn(counted), status: 'to-dispatch' } : counted
}

/** An answer goes up the way that the order came down; the lead's own goes to review. */
function answered(order: Order, part: Assignment, at: number): Order {
  const done = withPart(order, part.unit, { state: 'answered', answeredAt: at })
  if (part.from !== null) return withPart(done, part.from, { state: 'working' })
  return part.role === 'lead' ? { ...done, status: 'to-review' } : done
}

function hold(
  order: Order,
  act: ActOf<'ask-hold' | 'grant-hold' | 'refuse-hold' | 'resume'>,
  { at }: Context,
): Outcome<Order> {
  const standsAs = order.hold?.state ?? null
  switch (act.do) {
    case 'ask-hold': {
      if (standsAs !== null) return refuse('hold-asked')
      if (act.unit !== null && assignmentOf(order, act.unit) === null) return refuse('unit-not-assigned')
      // The desk's own orders wait for the citizen at once; a unit's wish is looked at first.
      const state = act.unit === null ? 'held' : 'asked'
      return ok({ ...order, hold: { kind: act.kind, reason: act.reason, state, since: at } })
    }
    case 'grant-hold':
      if (order.hold === null || standsAs !== 'asked') return refuse('no-hold-asked')
      return ok({ ...order, hold: { ...order.hold, state: 'held', since: at } })
    case 'refuse-hold':
      return standsAs === 'asked' ? ok({ ...order, hold: null }) : refuse('no-hold-asked')
    case 'resume':
      return standsAs === 'held' ? ok({ ...order, hold: null }) : refuse('order-not-held')
  }
}

function missed(order: Order, actor: Actor, context: Context): Order {
  const by = actor.kind === 'staff' ? actor.staff : null
  const tries: readonly CallBackTry[] =
    by === null ? order.callBackTries : [...order.callBackTries, { at: context.at, by }]
  const next = { ...order, callBackTries: tries }
  return tries.length < context.table.numbers.callBackTries ? next : closed(next, 'unreachable', context)
}

function rated(order: Order, act: ActOf<'rate'>, context: Context): Order {
  const graded = { ...order, grade: act.grade }
  if (act.grade !== 'bad' && act.grade !== 'very-bad') {
    return closed(graded, act.solved ? 'solved' : 'not-solved', context)
  }
  const again: Order = { ...leadWorksAgain(graded), status: 'in-hand', reworks: order.reworks + 1 }
  if (order.reworks < context.table.numbers.reworks) return again
  // Handled again as often as it may be: from here somebody stands behind it.
  const level: SupervisionLevel = order.supervision < 2 ? 2 : order.supervision
  return { ...again, supervision: level }
}

function reopened(order: Order): Order {
  const open = { ...order, closing: null, closedAt: null, grade: null, callBackTries: [] }
  if (leadOf(order) === null) return { ...open, status: 'to-dispatch' }
  return { ...leadWorksAgain(open), status: 'in-hand', reworks: order.reworks + 1 }
}

function leadWorksAgain(order: Order): Order {
  const lead = leadOf(order)
  return lead === null ? order : withPart(order, lead.unit, { state: 'working', answeredAt: null })
}

function closed(order: Order, closing: Closing, { at }: Context): Order {
  return { ...order, status: 'closed', closing, closedAt: at, hold: null, extensionAsk: null }
}

const WITH_LEAD: ReadonlySet<Order['status']> = new Set(['to-sign', 'in-hand', 'to-review', 'to-call-back'])

/** A step outside the table: one person asks, another agrees, both are in the trail. */
function override(
  order: Order,
  act: ActOf<'ask-override' | 'agree-override' | 'refuse-override'>,
  actor: Actor,
  context: Context,
): Outcome<Order> {
  const { overrideAsk } = order
  if (act.do === 'ask-override') {
    if (overrideAsk !== null) return refuse('override-asked')
    if (actor.kind !== 'staff') return refuse('not-allowed')
    if (WITH_LEAD.has(act.to) && leadOf(order) === null) return refuse('one-lead-needed')
    const possible = context.table.moves['agree-override'].to
    if (act.to === order.status || !possible.includes(act.to)) return refuse('act-not-now')
    return ok({ ...order, overrideAsk: { to: act.to, reason: act.reason, by: actor.staff } })
  }
  if (overrideAsk === null) return refuse('no-override-asked')
  const without: Order = { ...order, overrideAsk: null }
  if (act.do === 'refuse-override') return ok(without)
  if (WITH_LEAD.has(overrideAsk.to) && leadOf(order) === null) return refuse('one-lead-needed')
  return ok(moved(without, overrideAsk.to, context))
}

function moved(order: Order, to: Order['status'], context: Context): Order {
  const open: Order = { ...order, mergedInto: null, mergedFrom: null, closedAt: null, closing: null }
  switch (to) {
    case 'closed':
      return closed(open, 'not-solved', context)
    case 'to-dispatch':
      return { ...withdrawn(open), status: to }
    case 'in-hand':
      return { ...leadWorksAgain(open), status: to }
    case 'to-sign': {
      const parts = standing(open).map(part => ({ ...part, state: 'to-sign' as const, signedAt: null }))
      return { ...withParts(open, parts), status: to }
    }
    case 'emergency':
    case 'void':
    case 'archived':
      return { ...open, status: to, closedAt: order.closedAt ?? context.at }
    default:
      return { ...open, status: to }
  }
}
