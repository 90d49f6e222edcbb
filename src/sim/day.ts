import { asId, type LegId, type LineNumber, type QueueId, type SeatNumber } from '#kernel/ids.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import type { Call } from '../contact-center/call/call.ts'
import { deadlineOf, LiveCenter } from '../contact-center/center.ts'
import type { CallLine, CenterEvent, IvrMenu } from '../contact-center/events.ts'
import { brokenInvariants } from '../contact-center/invariants.ts'
import type { QueueRules } from '../contact-center/queue/queue-rules.ts'
import type { Seat } from '../contact-center/seat/seat.ts'
import { Engine } from '../engine/engine.ts'
import { type JournalContent, recover } from '../engine/recover.ts'
import { FakePbx } from './fake-pbx.ts'
import type { Faults } from './faults.ts'
import { Ledger } from './ledger.ts'
import { SimMasking } from './masking.ts'
import {
  Agent,
  Citizen,
  DIALECT_LINE,
  MAIN_LINE,
  MENU_LINE,
  Outsider,
  type Service,
  SIM_SKILLS,
} from './people.ts'
import { Random } from './random.ts'
import { VirtualClock } from './virtual-clock.ts'

export interface DayPlan {
  readonly seed: number
  readonly hours: number
  readonly seats: number
  readonly calls: number
  readonly faults: Faults
  /** Only these citizens dial, by index; everyone when left out. Used to find the shortest story. */
  readonly only?: ReadonlySet<number>
}

export interface DayReport {
  readonly events: number
  readonly ledger: Ledger
  readonly turnedAway: number
  readonly swept: number
  /** The first thing that went wrong, and every event up to it; null on a good day. */
  readonly failure: { readonly problems: readonly string[]; readonly story: readonly CenterEvent[] } | null
}

const MIDNIGHT: Instant = Date.UTC(2026, 10, 21)
const RULES = {
  ringTimeoutMs: 20 * SECOND_MS,
  popAckTimeoutMs: 250,
  wrapUpMs: MINUTE_MS,
  wrapUpExtensionMs: MINUTE_MS,
  graceMs: 30 * SECOND_MS,
  asksRating: true,
}
const LINES = new Map(
  [
    MAIN_LINE,
    { ...MAIN_LINE, number: asId<LineNumber>(MENU_LINE) },
    { ...MAIN_LINE, number: asId<LineNumber>(DIALECT_LINE), queue: asId<QueueId>('dialect') },
  ].map((line): [string, CallLine] => [line.number, line]),
)
const GENERAL = asId<QueueId>('general')
/** Agent, department, or a sentence, by key; an announcement before, and one after. */
const MENU: IvrMenu = {
  open: true,
  tree: {
    id: 'menu',
    version: 1,
    start: 'hello',
    nodes: {
      hello: { kind: 'play', name: 'hello', says: { zh: 'hello' }, next: 'choice' },
      choice: {
        kind: 'menu',
        name: 'choice',
        says: { zh: 'choice' },
        keys: { 1: 'agents', 2: 'bureau', 3: 'news' },
        waitMs: 4_000,
        repeat: 1,
        silence: null,
      },
      agents: { kind: 'queue', name: 'agents', says: {}, queue: null },
      bureau: { kind: 'outside', name: 'bureau', says: { zh: 'bureau' }, number: '089812345678' },
      news: { kind: 'hang-up', name: 'news', says: { zh: 'news' } },
    },
  },
}
/** Every kind of step happens on an ordinary busy day. */
const QUEUES: readonly QueueRules[] = [
  {
    id: GENERAL,
    strategy: 'longest-idle',
    needs: [{ skill: SIM_SKILLS.general, level: 5 }],
    priority: 0,
    ageingPerMinute: 1,
    steps: [
      { afterMs: 5_000, do: 'lower-levels', by: 3 },
      { afterMs: 30_000, do: 'play', prompt: 'please-wait' },
      { afterMs: 45_000, do: 'offer-call-back' },
      { afterMs: 60_000, do: 'raise-priority', by: 5 },
    ],
    mostWaiting: 60,
    announceEveryMs: 40_000,
    callBack: { first: 'agent', tries: 3, retryAfterMs: 2 * MINUTE_MS, withinMs: 7 * MINUTE_MS },
    whenUnstaffed: 'turn-away',
  },
  {
    id: asId('dialect'),
    strategy: 'fewest-calls',
    needs: [{ skill: SIM_SKILLS.dialect, level: 6 }],
    priority: 2,
    ageingPerMinute: 2,
    steps: [
      { afterMs: 10_000, do: 'lower-levels', by: 4 },
      { afterMs: 20_000, do: 'add-queue', queue: GENERAL },
      { afterMs: 30_000, do: 'offer-call-back' },
      { afterMs: 45_000, do: 'overflow', queue: GENERAL },
    ],
    mostWaiting: null,
    announceEveryMs: 25_000,
    callBack: { first: 'caller', tries: 2, retryAfterMs: MINUTE_MS, withinMs: 5 * MINUTE_MS },
    whenUnstaffed: 'wait',
  },
]
/** After the last caller: time for every deadline, retry and survey to run out. */
const QUIET_MS = 25 * MINUTE_MS

/** A whole day of the contact centre on the real core and engine, in virtual time, checked after every event. */
export async function runDay(plan: DayPlan): Promise<DayReport> {
  const day = new Day(plan)
  return day.run()
}

class Day {
  private readonly plan: DayPlan
  private readonly clock = new VirtualClock(MIDNIGHT)
  private readonly pbx: FakePbx
  private readonly ledger = new Ledger()
  private readonly journal: { sequence: number; event: CenterEvent }[] = []
  private readonly citizens = new Map<LegId, Citizen>()
  private readonly outsiders = new Map<LegId, Outsider>()
  private readonly agents = new Map<SeatNumber, Agent>()
  private center = new LiveCenter()
  private engine: Engine | null = null
  private swept = 0
  private problems: readonly string[] = []
  private floorAtDeath: string | null = null

  constructor(plan: DayPlan) {
    this.plan = plan
    this.pbx = new FakePbx(this.clock, Random.of(plan.seed, 'pbx'), plan.faults)
    this.pbx.people = {
      rings: (seat, leg) => this.agents.get(seat)?.rings(leg),
      ringsOutside: (_number, leg) => {
        const outsider = new Outsider(leg, plan.seed, this.clock, this.pbx)
        this.outsiders.set(leg, outsider)
        outsider.rings()
      },
      hears: (leg, prompts) => this.citizens.get(leg)?.hears(prompts),
      connected: legs => {
        for (const leg of legs) {
          this.citizens.get(leg)?.talks()
          this.outsiders.get(leg)?.talks()
        }
      },
      cleared: leg => this.outsiders.delete(leg),
    }
  }

  async run(): Promise<DayReport> {
    const end = MIDNIGHT + this.plan.hours * HOUR_MS
    this.startService()
    this.staffTheRoom(end)
    this.letCitizensDial(end)
    this.planMisfortunes(end)
    await this.clock.run(end, () => this.problems.length > 0)
    for (const leg of this.citizens.keys()) this.pbx.hangUp(leg)
    await this.clock.run(end + QUIET_MS, () => this.problems.length > 0)
    if (this.problems.length === 0) this.problems = this.leftovers()
    return {
      events: this.journal.length,
      ledger: this.ledger,
      turnedAway: [...this.citizens.values()].filter(citizen => citizen.turnedAway).length,
      swept: this.swept,
      failure:
        this.problems.length === 0
          ? null
          : { problems: this.problems, story: this.journal.map(({ event }) => event) },
    }
  }

  private startService(): void {
    const content: JournalContent = { snapshot: null, events: this.journal }
    this.center = recover(content, RULES, this.ledger.told, this.ledger, () => {})
    const { center } = this
    this.checkReplay()
    let call = this.journal.length
    const engine: Engine = new Engine({
      center,
      rules: RULES,
      clock: this.clock,
      ids: {
        call: () => asId(`call-${String(++call).padStart(9, '0')}`),
        workOrder: () => asId(`order-${call}`),
      },
      journal: {
        append: event => {
          this.journal.push({ sequence: this.journal.length + 1, event })
          return this.journal.length
        },
      },
      facts: this.ledger,
      pbx: this.pbx,
      desk: {
        pop: pop => this.agents.get(pop.seat)?.popped(pop),
        seatChanged: () => {},
      },
      catalogue: {
        arrival: (_caller, dialled) => ({
          line: LINES.get(dialled) ?? null,
          refusal: null,
          menu: dialled === MENU_LINE ? MENU : null,
        }),
      },
      masking: new SimMasking(),
      watcher: {
        handled: () => this.check(engine),
        swept: () => this.swept++,
        undigested: (event, error) => {
          this.problems = [`${event.type} could not be digested: ${error}`]
        },
        surveyFailed: () => {},
      },
    })
    this.engine = engine
    engine.start()
    engine.submit({ type: 'queues-configured', at: this.clock.now(), queues: QUEUES })
  }

  /** `kill -9`: nothing is said to anyone; a few seconds later the next run reads the journal. */
  private killService(): void {
    this.engine?.stop()
    this.engine = null
    this.floorAtDeath = JSON.stringify(this.center.snapshot())
    this.pbx.detach()
    this.clock.after(2 * SECOND_MS, () => this.startService())
  }

  private staffTheRoom(end: Instant): void {
    const random = Random.of(this.plan.seed, 'roster')
    const service = (): Service | null => this.engine
    for (let index = 0; index < this.plan.seats; index++) {
      const agent = new Agent(1001 + index, this.plan.seed, this.clock, this.pbx, service)
      this.agents.set(agent.seat, agent)
      this.clock.after(random.between(0, 5 * MINUTE_MS), () => agent.startShift())
      this.clock.after(end + MINUTE_MS - this.clock.now() + random.between(0, MINUTE_MS), () =>
        agent.endShift(),
      )
    }
  }

  private letCitizensDial(end: Instant): void {
    const random = Random.of(this.plan.seed, 'arrivals')
    const span = end - MIDNIGHT - 5 * MINUTE_MS
    for (let index = 0; index < this.plan.calls; index++) {
      const at = 5 * MINUTE_MS + Math.floor(timeOfDay(random) * span)
      if (this.plan.only !== undefined && !this.plan.only.has(index)) continue
      const citizen = new Citizen(index, this.plan.seed, this.clock, this.pbx)
      this.citizens.set(citizen.leg, citizen)
      this.clock.after(at, () => citizen.dial())
    }
  }

  private planMisfortunes(end: Instant): void {
    const random = Random.of(this.plan.seed, 'misfortunes')
    const { faults } = this.plan
    const sometime = (times: number, then: () => void) => {
      for (let time = 0; time < times; time++) this.clock.after(random.between(0, end - MIDNIGHT), then)
    }
    sometime(faults.socketLosses, () => this.pbx.loseSocket(random.between(100, 20_000)))
    sometime(faults.pbxRestarts, () => this.pbx.restart(random.between(2_000, 20_000)))
    sometime(faults.serviceRestarts, () => {
      if (this.engine !== null) this.killService()
    })
  }

  /** The journal must lead to the very floor that the killed service had before its eyes. */
  private checkReplay(): void {
    if (this.floorAtDeath === null || this.problems.length > 0) return
    const replayed = JSON.stringify(this.center.snapshot())
    if (replayed !== this.floorAtDeath)
      this.problems = ['the journal leads to another floor than the one that was']
  }

  private check(engine: Engine): void {
    if (this.problems.length > 0) return
    const imbalance = this.ledger.imbalance(this.center)
    this.problems = [
      ...brokenInvariants(this.center),
      ...timerProblems(this.center, engine),
      ...this.ledger.problems,
      ...this.pbx.outrages,
      ...(imbalance === null ? [] : [imbalance]),
    ]
  }

  /** When everyone has gone home, nothing may be left of anyone. */
  private leftovers(): string[] {
    const calls: Call[] = [...this.center.calls.values()]
    const seats = [...this.center.seats.values()].filter(({ state }) => 'call' in state)
    return [
      ...calls.map(call => `call ${call.id} is still ${call.state.name}`),
      ...seats.map(seat => `seat ${seat.number} is still ${seat.state.name}`),
      ...[...this.pbx.legs.keys()].map(leg => `leg ${leg} still lives in the PBX`),
      ...[...this.pbx.bridges.keys()].map(bridge => `bridge ${bridge} still stands in the PBX`),
    ]
  }
}

/** Every timer has an owner that waits for it, and every deadline has its timer. */
function timerProblems(center: LiveCenter, engine: Engine): string[] {
  if (!center.pbxUp) return []
  const problems: string[] = []
  const timers = engine.timers()
  let owned = 0
  const expect = (key: string, entity: Call | Seat) => {
    const deadline = deadlineOf(entity)
    if (deadline === null) return
    owned++
    if (timers.get(key)?.at !== deadline) problems.push(`${key} should have a timer for ${deadline}`)
  }
  for (const [id, call] of center.calls) expect(`call ${id}`, call)
  for (const [number, seat] of center.seats) expect(`seat ${number}`, seat)
  if (timers.size !== owned) problems.push(`${timers.size} timers run, ${owned} have an owner`)
  return problems
}

/** A city's day: quiet nights, a morning peak, a smaller one after lunch. Returns a share of the day. */
function timeOfDay(random: Random): number {
  while (true) {
    const share = random.next()
    const hour = share * 24
    const weight = hour < 7 ? 0.12 : hour < 12 ? 1 : hour < 14 ? 0.6 : hour < 18 ? 0.9 : hour < 22 ? 0.5 : 0.2
    if (random.next() < weight) return share
  }
}
