import { asId, type CallId, type QueueId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { movePriority } from '../queues/index.ts'
import { mayPick, maySupervise, talkSentence } from './rules.ts'
import type { ActTaken, PriorityBody, PriorityMoved } from './schema.ts'
import type { SupervisionParts } from './service.ts'
import { onRecord } from './store.ts'

/** What a shift lead does about callers who wait: one is given to a named seat, or all of a queue come sooner. */
export class QueueActs {
  private readonly parts: SupervisionParts

  constructor(parts: SupervisionParts) {
    this.parts = parts
  }

  /** Whether the agent has the skills is for the shift lead to judge. */
  async pick(by: StaffMember, queue: string, caller: string, number: string): Promise<Outcome<ActTaken>> {
    if (!maySupervise(by)) return refuse('not-allowed')
    const { db, floor, tell, overview } = this.parts
    const call = asId<CallId>(caller)
    const meant = this.look(queue, call, number)
    if (!meant.ok) return meant
    const seat = meant.value.number
    const subject = meant.value.agent.staff
    const toStore = { by: by.id, act: 'pick', seat, subject, call, queue: asId<QueueId>(queue) } as const
    const done = await onRecord(db, toStore, () => {
      const now = this.look(queue, call, number)
      if (!now.ok) return now
      if (now.value.agent.staff !== subject) return refuse('no-agent')
      floor.submit({ type: 'caller-assigned', at: Date.now(), call, seat })
      // While the PBX is silent nobody is offered anything.
      return floor.call(call)?.state.name === 'offered' ? now : refuse('unavailable', 'the PBX is away')
    })
    if (!done.ok) return done
    tell(subject, 'pick', talkSentence('pick', by.name))
    const after = floor.seat(seat)
    return ok({ id: done.value.id, seat: after === undefined ? null : overview.seat(after) })
  }

  /** An edit of the queue like any other: undone by moving it back, and known to the engine within seconds. */
  async movePriority(
    by: StaffMember,
    queue: string,
    act: 'raise-priority' | 'lower-priority',
    { by: points, note }: PriorityBody,
  ): Promise<Outcome<PriorityMoved>> {
    if (!maySupervise(by)) return refuse('not-allowed')
    const { db } = this.parts
    const change = act === 'raise-priority' ? points : -points
    const toStore = { by: by.id, act, queue: asId<QueueId>(queue), points, note }
    const done = await onRecord(db, toStore, () => movePriority(db, by, queue, change))
    if (!done.ok) return done
    const { id, value } = done.value
    return ok({ id, queue, priority: value.priority })
  }

  private look(queue: string, call: CallId, number: string) {
    const { seats, floor } = this.parts
    const seat = seats.all().find(one => one.number === number)
    return mayPick(queue, floor.call(call), seat)
  }
}
