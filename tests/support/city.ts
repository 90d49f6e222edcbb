import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { sweepClocks } from '../../src/casework/clocks/index.ts'
import { onStage } from '../../src/casework/life/index.ts'
import type { ActForm, CaseView, TimelineEntry } from '../../src/casework/life/schema.ts'
import { seedDemoCity } from '../../src/demo-city/index.ts'
import { asId, type StaffId, type UnitId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { cityInstant } from '../../src/kernel/time.ts'
import type { Grant } from '../../src/people/roles/index.ts'
import { addStaff } from '../../src/people/staff/index.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { answeredCall } from './facts.ts'
import { Browser, PASSWORD, person, type Service, startService } from './service.ts'

/** What a citizen says on the phone, as the agent writes it down. */
export interface Matter {
  readonly type?: string
  /** By its name: 违停堵路. */
  readonly category: string
  readonly title: string
  readonly place?: string
  readonly priority?: 'P1' | 'P2' | 'P3'
  readonly secret?: boolean
}

/** Whoever works on the cases of the stories: for the whole city, or for one unit. */
const CITY_ROLES: Readonly<Record<string, string>> = {
  派单员: 'dispatcher',
  审核员: 'reviewer',
  回访员: 'call-back',
  督办员: 'supervisor',
  热线办: 'hotline-office',
}

/**
 * 海棠市 with everybody at work, on a clock that the story sets: people act over HTTP as they would from their pages,
 * and the service's own sweep of the clocks runs when the story lets time pass.
 */
export class City {
  readonly database: TestDatabase
  readonly service: Service
  private readonly agent: Browser
  private readonly agentId: StaffId
  private readonly people = new Map<string, Browser>()
  private readonly secrets: string
  private facts = 0
  private at: number

  private constructor(parts: {
    database: TestDatabase
    service: Service
    agent: Browser
    agentId: StaffId
    secrets: string
    clock: { at: number }
  }) {
    this.database = parts.database
    this.service = parts.service
    this.agent = parts.agent
    this.agentId = parts.agentId
    this.secrets = parts.secrets
    this.clock = parts.clock
    this.at = parts.clock.at
  }
  private readonly clock: { at: number }

  static async open(): Promise<City> {
    const database = await freshDatabase()
    const secrets = await mkdtemp(join(tmpdir(), 'hotline-city-'))
    expect(await seedDemoCity(database.db, secrets)).toBe(true)
    const clock = { at: 0 }
    const service = await startService(database.db, { now: () => clock.at })
    const agentId = await person(database.db, 't8001')
    const agent = await Browser.signIn(service, 't8001')
    return new City({ database, service, agent, agentId, secrets, clock })
  }

  async close(): Promise<void> {
    await this.service.close()
    await this.database.close()
    await rm(this.secrets, { recursive: true })
  }

  /** It is so late now, on the city's clocks: `2026-03-18 22:30`. Clocks that came due meanwhile are seen to. */
  async now(when: string): Promise<void> {
    const [day = '', time = ''] = when.split(' ')
    this.at = cityInstant(day, time)
    this.clock.at = this.at
    await sweepClocks(this.database.db, this.at, (trx, reached) => onStage(trx, reached, this.at))
  }

  /** A citizen calls, an agent answers and registers what is asked for. @returns the order's id */
  async call(matter: Matter, caller = '13907551234'): Promise<string> {
    const call = answeredCall(this.agentId, this.at - 60_000, caller)
    for (const facts of call.events) this.service.facts.accept(++this.facts, facts)
    await this.service.facts.flushed()
    const category = await this.database.db
      .selectFrom('categories')
      .select('code')
      .where('name_zh', '=', matter.category)
      .executeTakeFirstOrThrow()
    const form = {
      typeCode: matter.type ?? 'HELP',
      categoryCode: category.code,
      title: matter.title,
      text: matter.title,
      place: matter.place ?? '',
      secret: matter.secret ?? false,
      priority: matter.priority ?? 'P3',
    }
    const saved = await this.agent.ask('PUT', `/api/work-orders/${call.draft}`, form, { 'if-match': '"1"' })
    expect(saved).toMatchObject({ status: 200, body: { status: 'to-dispatch' } })
    return call.draft
  }

  /** Somebody of the city (派单员) or of a unit (its id; `id+` is its leader) does something to an order. */
  async act(who: string, order: string, form: ActForm): Promise<CaseView> {
    const reply = await this.tries(who, order, form)
    if (reply.status !== 200) throw new Error(`${who}: ${form.do} is refused: ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  /** The code with which it is refused. */
  async refused(who: string, order: string, form: ActForm): Promise<string> {
    const reply = await this.tries(who, order, form)
    if (reply.status === 200) throw new Error(`${who}: ${form.do} is not refused`)
    return reply.body.code
  }

  private async tries(who: string, order: string, form: ActForm) {
    const browser = await this.person(who)
    const version = await this.database.db
      .selectFrom('work_orders')
      .select('version')
      .where('id', '=', asId<WorkOrderId>(order))
      .executeTakeFirstOrThrow()
    return await browser.ask('POST', `/api/work-orders/${order}/acts`, form, {
      'if-match': `"${version.version}"`,
    })
  }

  async person(who: string): Promise<Browser> {
    const known = this.people.get(who)
    if (known !== undefined) return known
    const role = CITY_ROLES[who]
    const unit = who.replace(/\+$/, '')
    const grant: Grant =
      role === undefined
        ? { role: who.endsWith('+') ? 'unit-leader' : 'unit-handler', unit }
        : { role, unit: null }
    const login = `s${this.people.size + 1}`
    await addStaff(this.database.db, {
      login,
      name: who,
      role: 'caseworker',
      agentNumber: null,
      password: PASSWORD,
      grants: [grant],
    })
    const browser = await Browser.signIn(this.service, login)
    this.people.set(who, browser)
    return browser
  }

  /** How it stands, as the hotline's dispatcher sees it. */
  async see(order: string): Promise<CaseView> {
    const reply = await (await this.person('派单员')).ask('GET', `/api/work-orders/${order}/case`)
    expect(reply.status).toBe(200)
    return reply.body
  }

  /** What was done, in order: the acts' names alone. */
  async deeds(order: string): Promise<readonly string[]> {
    const reply = await (await this.person('派单员')).ask('GET', `/api/work-orders/${order}/timeline`)
    const entries: TimelineEntry[] = reply.body
    return entries.filter(({ kind }) => kind === 'act').map(({ what }) => what)
  }

  /** What a unit's people are told, the oldest first. */
  async notices(unit: string): Promise<readonly string[]> {
    const rows = await this.database.db
      .selectFrom('notices')
      .select('kind')
      .where('to_unit', '=', asId<UnitId>(unit))
      .orderBy('id')
      .execute()
    return rows.map(({ kind }) => kind)
  }
}
