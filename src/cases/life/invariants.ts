import { leadOf, standing } from './assignments.ts'
import type { Order } from './order.ts'

const WITH_LEAD: ReadonlySet<Order['status']> = new Set(['to-sign', 'in-hand', 'to-review', 'to-call-back'])

/** What must hold of every order after every act. @returns one sentence for each thing that does not */
export function brokenIn(order: Order): string[] {
  const broken: string[] = []
  const says = (holds: boolean, sentence: string) => {
    if (!holds) broken.push(`${order.status}: ${sentence}`)
  }
  const leads = standing(order).filter(({ role, from }) => role === 'lead' && from === null)
  says(leads.length <= 1, `${leads.length} lead units`)
  if (WITH_LEAD.has(order.status)) says(leads.length === 1, 'nobody is in charge')
  if (order.status === 'to-dispatch') says(standing(order).length === 0, 'a unit still has it')
  if (order.status === 'to-review') says(leadOf(order)?.state === 'answered', 'to review, and no answer')
  if (order.status === 'closed')
    says(order.closing !== null && order.closedAt !== null, 'closed without an end')
  says((order.status === 'merged') === (order.mergedInto !== null), 'merged into nothing, or not merged')
  const units = order.assignments.map(({ unit }) => unit)
  says(new Set(units).size === units.length, 'a unit has two parts')
  for (const part of standing(order)) {
    const upper = part.from === null ? null : standing(order).find(({ unit }) => unit === part.from)
    says(upper !== undefined, `${part.unit} has it from a unit that no longer has it`)
    if (part.state === 'passed-down') {
      const below = standing(order).some(({ from, state }) => from === part.unit && state !== 'answered')
      says(below, `${part.unit} passed it down to nobody`)
    }
  }
  const open = order.clocks.filter(({ stoppedAt }) => stoppedAt === null)
  const names = open.map(({ kind, unit }) => `${kind} ${unit ?? ''}`)
  says(new Set(names).size === names.length, `a clock runs twice: ${names.join(', ')}`)
  if (['closed', 'archived', 'emergency', 'void'].includes(order.status)) {
    says(open.length === 0, `clocks run on: ${names.join(', ')}`)
  }
  for (const clock of open) {
    const paused = clock.pauses.at(-1)?.to === null
    const held = order.status === 'merged' || (order.hold?.state === 'held' && clock.kind !== 'sign')
    says(paused === held, `${clock.kind} ${paused ? 'is' : 'is not'} paused`)
  }
  return broken
}
