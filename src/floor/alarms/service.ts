import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { CenterEvent } from '../../contact-center/events.ts'
import type { FloorControl } from '../../engine/ports.ts'
import { runsTheFloor, type StaffMember } from '../../people/staff/index.ts'
import type { FloorView } from '../supervision/index.ts'
import type { AlarmFigures } from './measures.ts'
import { AlarmRecord } from './record.ts'
import {
  type Acknowledgement,
  type Alarm,
  type AlarmState,
  checkLimits,
  inOrder,
  type Limit,
  NO_ALARMS,
  nextAlarms,
} from './rules.ts'
import type { Acknowledged, AlarmLimitsView, AlarmView } from './schema.ts'
import {
  acknowledgeStored,
  knownNames,
  readFigures,
  readLimits,
  readStanding,
  replaceLimits,
  type StoredLimits,
} from './store.ts'
import { presentAlarm } from './view.ts'

/** Times grow without anything happening, so the floor is looked at as often as it is shown. */
export const LOOK_EVERY_MS = SECOND_MS
/** Counting a day's calls takes some milliseconds; shares do not move faster than this. */
const FIGURES_EVERY_MS = 10 * SECOND_MS

export interface AlarmParts {
  readonly db: Kysely<Database>
  readonly floor: Pick<FloorControl, 'seat' | 'seats'>
  readonly overview: { view(): FloorView }
  readonly log: Logger
}

/**
 * Looks at the floor each second and says what is beyond its limit. Alarms are raised, shown and acknowledged in
 * memory and put on record behind that: PostgreSQL may be away.
 */
export class Alarms {
  private readonly parts: AlarmParts
  private readonly record: AlarmRecord
  private readonly listeners = new Set<() => void>()
  /** Since when a leg has its caller on hold. */
  private readonly holds = new Map<string, Instant>()
  private state: AlarmState = NO_ALARMS
  /** Who sat at the seat when the alarm was raised, by alarm. */
  private readonly agents = new Map<string, StaffId | null>()
  private limits: StoredLimits | null = null
  private figures: AlarmFigures | null = null
  private figuresAt: Instant = Number.NEGATIVE_INFINITY
  private reading: Promise<void> | null = null
  private timer: NodeJS.Timeout | undefined
  private told = '[]'

  constructor(parts: AlarmParts) {
    this.parts = parts
    this.record = new AlarmRecord(parts.db, parts.log)
  }

  start(): void {
    void this.look()
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.reading
    await this.record.write(Date.now())
  }

  /** Calls whenever what `standing` gives has changed. */
  listen(changed: () => void): void {
    this.listeners.add(changed)
  }

  handled(event: CenterEvent): void {
    if (event.type === 'leg-held') this.holds.set(event.leg, event.at)
    if (event.type === 'leg-unheld' || event.type === 'leg-gone') this.holds.delete(event.leg)
    if (event.type === 'pbx-surveyed') this.holds.clear()
  }

  /** The most serious first. */
  standing(): readonly AlarmView[] {
    return inOrder(this.state.active.values()).map(presentAlarm)
  }

  /** One look at the floor. Never throws: an alarm that cannot be worked out stops nothing else. */
  async look(at: Instant = Date.now()): Promise<void> {
    try {
      await this.refresh(at)
      if (this.limits !== null) this.evaluate(at, this.limits.limits)
    } catch (error) {
      this.parts.log.error({ err: error }, 'the alarms could not be worked out')
    }
    await this.record.write(at)
  }

  private evaluate(at: Instant, limits: readonly Limit[]): void {
    const before = this.state
    const view = this.parts.overview.view()
    this.state = nextAlarms(before, { at, view, figures: this.figures, holds: this.holdsBySeat() }, limits)
    for (const alarm of this.state.active.values()) this.noteChange(before.active.get(alarm.key), alarm)
    for (const alarm of before.active.values()) {
      if (this.state.active.get(alarm.key)?.id === alarm.id) continue
      this.keep(alarm, at)
      this.agents.delete(alarm.id)
    }
    this.tell()
  }

  private noteChange(before: Alarm | undefined, alarm: Alarm): void {
    if (before === undefined) this.agents.set(alarm.id, this.agentAt(alarm.about.seat))
    if (before?.worst !== alarm.worst) this.keep(alarm, null)
  }

  private keep(alarm: Alarm, clearedAt: Instant | null): void {
    this.record.keep({ alarm, staff: this.agents.get(alarm.id) ?? null, clearedAt })
  }

  private tell(): void {
    const now = JSON.stringify(this.standing())
    if (now === this.told) return
    this.told = now
    for (const listener of this.listeners) listener()
  }

  private agentAt(seat: string | null): StaffId | null {
    return this.parts.floor.seats().find(({ number }) => number === seat)?.agent?.staff ?? null
  }

  private holdsBySeat(): ReadonlyMap<string, Instant> {
    if (this.holds.size === 0) return new Map()
    return new Map(
      this.parts.floor.seats().flatMap(({ number, state }) => {
        const since = 'leg' in state ? this.holds.get(state.leg) : undefined
        return since === undefined ? [] : [[number, since] as const]
      }),
    )
  }

  /** Asks PostgreSQL when it is time; the first answer is waited for, later ones are not. */
  private async refresh(at: Instant): Promise<void> {
    if (at >= this.figuresAt + FIGURES_EVERY_MS) {
      this.reading ??= this.read(at).finally(() => {
        this.reading = null
      })
    }
    if (this.limits === null) await this.reading
  }

  private async read(at: Instant): Promise<void> {
    const { db, log } = this.parts
    this.figuresAt = at
    try {
      if (this.limits === null) await this.begin()
      this.figures = await readFigures(db, at, seat => this.agentAt(seat))
    } catch (error) {
      log.warn({ err: error }, "the alarms' figures not read again; the last known stand")
    }
  }

  /** Goes on with what stood when the service before this one went. */
  private async begin(): Promise<void> {
    const standing = await readStanding(this.parts.db)
    const limits = await readLimits(this.parts.db)
    for (const { alarm, staff } of standing) this.agents.set(alarm.id, staff)
    this.state = { ...NO_ALARMS, active: new Map(standing.map(({ alarm }) => [alarm.key, alarm])) }
    this.limits = limits
  }

  async acknowledge(member: StaffMember, id: string, note: string): Promise<Outcome<Acknowledged>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const given: Acknowledgement = { by: member.id, name: member.name, at: Date.now(), note }
    if (!this.acknowledgeKnown(id, given) && !(await acknowledgeStored(this.parts.db, id, given))) {
      return refuse('not-found')
    }
    return ok({ by: member.name, at: new Date(given.at).toISOString(), note })
  }

  /** One that stands, or that PostgreSQL has not heard of yet. */
  private acknowledgeKnown(id: string, acknowledged: Acknowledgement): boolean {
    const alarm = [...this.state.active.values()].find(active => active.id === id)
    if (alarm === undefined) {
      const unwritten = this.record.find(id)
      if (unwritten === undefined) return false
      this.record.keep({ ...unwritten, alarm: { ...unwritten.alarm, acknowledged } })
      return true
    }
    const acknowledgedAlarm = { ...alarm, acknowledged }
    this.state = { ...this.state, active: new Map(this.state.active).set(alarm.key, acknowledgedAlarm) }
    this.keep(acknowledgedAlarm, null)
    this.tell()
    return true
  }

  /** @throws when PostgreSQL cannot be asked and never could */
  async readLimits(): Promise<AlarmLimitsView> {
    return presentLimits(this.limits ?? (await readLimits(this.parts.db)))
  }

  /** Saves all limits over the version that was edited; they hold from the next look on. */
  async saveLimits(
    member: StaffMember,
    version: number,
    limits: readonly Limit[],
  ): Promise<Outcome<AlarmLimitsView>> {
    if (!runsTheFloor(member)) return refuse('not-allowed')
    const checked = checkLimits(limits, await knownNames(this.parts.db))
    if (!checked.ok) return checked
    const saved = await replaceLimits(this.parts.db, version, checked.value)
    if (saved === null) return refuse('changed-meanwhile')
    if (this.limits !== null) this.limits = saved
    return ok(presentLimits(saved))
  }
}

function presentLimits({ limits, version }: StoredLimits): AlarmLimitsView {
  return { limits: [...limits], version }
}
