import { asId, type QueueId, type SeatNumber, type SkillId } from '#kernel/ids.ts'
import { LiveCenter } from '../../src/contact-center/center.ts'
import type { CenterEvent } from '../../src/contact-center/events.ts'
import { handle } from '../../src/contact-center/handle.ts'
import type { QueueRules, Strategy } from '../../src/contact-center/queue/queue-rules.ts'

/**
 * `npm run bench:acd`: how long one decision takes with 1,000 agents, 50 skills and 1,000 callers waiting, for
 * each strategy: a seat becomes ready and is given the right caller out of all of them. Ratios to longest-idle in
 * the same run, since machines differ.
 */

const SEATS = 1_000
const SKILLS = 50
const WAITING = 1_000
const DECISIONS = 2_000
const RULES = {
  ringTimeoutMs: 20_000,
  popAckTimeoutMs: 250,
  wrapUpMs: 60_000,
  wrapUpExtensionMs: 60_000,
  graceMs: 60_000,
  asksRating: true,
}
const STRATEGIES: readonly Strategy[] = [
  'longest-idle',
  'least-recent',
  'fewest-calls',
  'rr-memory',
  'linear',
  'random',
  'ring-all',
]

const skill = (index: number) => asId<SkillId>(`skill-${index % SKILLS}`)
const seatNumber = (index: number) => asId<SeatNumber>(String(1_001 + index))

/** Each queue needs a skill at level 6 that every ready agent has at level 5 only: all are looked at, none fits. */
function crowdedFloor(strategy: Strategy): LiveCenter {
  const center = new LiveCenter()
  let at = 0
  const happen = (event: CenterEvent) => center.commit(handle(center, event, RULES))
  happen({ type: 'pbx-surveyed', at, askedAt: at, reconnected: true, pbxStartedAt: 0, legs: [], bridges: [] })
  const queues = Array.from(
    { length: SKILLS },
    (_, index): QueueRules => ({
      id: asId<QueueId>(`queue-${index}`),
      strategy,
      needs: [{ skill: skill(index), level: 6 }],
      priority: index % 7,
      ageingPerMinute: 1,
      steps: [],
      mostWaiting: null,
      announceEveryMs: null,
      callBack: null,
      whenUnstaffed: 'wait' as const,
    }),
  )
  happen({ type: 'queues-configured', at, queues })
  for (let index = 0; index < SEATS; index++) {
    const seat = seatNumber(index)
    const skills = Object.fromEntries([0, 7, 13].map(offset => [skill(index + offset), 5]))
    const agent = { staff: asId<never>(`staff-${index}`), number: asId<never>(seat), name: '', skills }
    happen({ type: 'seat-signed-in', at, seat, phone: 'sip', agent })
    happen({ type: 'phone-changed', at, seat, registered: true })
    happen({ type: 'desk-changed', at, seat, connected: true })
    happen({ type: 'ready-requested', at: at++, seat })
  }
  for (let index = 0; index < WAITING; index++) {
    const queue = asId<QueueId>(`queue-${index % SKILLS}`)
    happen({
      type: 'call-arrived',
      at: at++,
      call: asId(`call-${String(index).padStart(6, '0')}`),
      leg: asId(`leg-${index}`),
      caller: '',
      dialled: '12345',
      line: { number: asId('12345'), name: '', queue, greets: false },
      refusal: null,
      menu: null,
      draft: asId(`draft-${index}`),
    })
  }
  return center
}

function measure(strategy: Strategy) {
  const center = crowdedFloor(strategy)
  const times: number[] = []
  for (let index = 0; index < DECISIONS; index++) {
    // The one agent who can serve one of the queues becomes ready: the whole floor is weighed for it.
    const number = seatNumber(index % SEATS)
    const seat = center.seats.get(number)
    if (seat?.agent == null) throw new Error('no agent')
    const skills = { ...seat.agent.skills, [skill(index)]: 9 }
    const event = { type: 'agent-changed', at: 1e6 + index, agent: { ...seat.agent, skills } } as const
    const started = performance.now()
    const step = handle(center, event, RULES)
    times.push(performance.now() - started)
    if (step.calls.size !== 1) throw new Error(`the decision offered ${step.calls.size} calls`)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

measure('longest-idle')
const base = measure('longest-idle')
console.table(
  STRATEGIES.map(strategy => {
    const { p50, p99 } = strategy === 'longest-idle' ? base : measure(strategy)
    return {
      strategy,
      'p50 ms': p50.toFixed(3),
      'p99 ms': p99.toFixed(3),
      'p50 to longest-idle': (p50 / base.p50).toFixed(2),
    }
  }),
)
