import type { StaffId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Skills } from '../../contact-center/events.ts'
import type { SkillNeed } from '../../contact-center/queue/queue-rules.ts'
import type { Seat } from '../../contact-center/seat/seat.ts'
import type { AnnouncementForm, Audience } from './schema.ts'

export interface Reading {
  readonly name: string
  readonly agentNumber: string | null
  readonly at: Instant
}

export interface Announcement {
  readonly id: number
  readonly at: Instant
  readonly by: string
  readonly text: string
  readonly to: Audience
  readonly until: Instant | null
  readonly mustAcknowledge: boolean
  readonly withdrawnAt: Instant | null
  readonly withdrawnBy: string | null
  readonly readings: ReadonlyMap<StaffId, Reading>
}

/** What each queue needs, by queue. */
export type QueueNeeds = ReadonlyMap<string, readonly SkillNeed[]>

export function isValid({ until, withdrawnAt }: Announcement, at: Instant): boolean {
  return withdrawnAt === null && (until === null || at < until)
}

/** Whether it is for whoever sits there; an agent of a queue is one who has the skills that it needs. */
export function isFor(to: Audience, { number, agent }: Seat, needs: QueueNeeds): boolean {
  if (agent === null) return false
  switch (to.who) {
    case 'all':
      return true
    case 'seat':
      return number === to.seat
    case 'queue':
      return has(agent.skills, needs.get(to.queue))
  }
}

function has(skills: Skills, needs: readonly SkillNeed[] | undefined): boolean {
  return needs?.every(({ skill, level }) => (skills[skill] ?? 0) >= level) === true
}

export interface KnownPlaces {
  readonly queues: ReadonlySet<string>
  readonly seats: ReadonlySet<string>
}

export function checkForm(
  form: AnnouncementForm,
  known: KnownPlaces,
  at: Instant,
): Outcome<AnnouncementForm> {
  const problems: Record<string, string> = {}
  const { to, until = null } = form
  if (to.who === 'queue' && !known.queues.has(to.queue)) problems['to.queue'] = 'unknown'
  if (to.who === 'seat' && !known.seats.has(to.seat)) problems['to.seat'] = 'unknown'
  if (until !== null && Date.parse(until) <= at) problems.until = 'past'
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(form)
}
