import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import { asId, type StaffId, type UnitId } from '#kernel/ids.ts'
import { DAY_MS } from '#kernel/time.ts'
import { countOpen } from '../../src/casework/order-list/counts.ts'
import type { Sort } from '../../src/casework/order-list/cursor.ts'
import { countOrders, listOrders, nextDue, type OrderFilter } from '../../src/casework/order-list/index.ts'
import type { StaffActor } from '../../src/people/roles/index.ts'
import { DETAILS, ESTATE_KINDS, ESTATE_NAMES, ROADS, SHOP_CHARACTERS } from './order-words.ts'

/** A named query of the desks; `i` is the how-manieth time, for other words and units each time. @returns rows */
export interface CaseQuery {
  readonly name: string
  readonly run: (i: number) => Promise<number>
}

const PAGE = { sort: 'newest', limit: 50 } as const
const nth = (list: readonly string[], i: number) => list[i % list.length] ?? ''

function someone(rights: Pick<StaffActor, 'city' | 'overUnits'>): StaffActor {
  return { kind: 'staff', staff: asId<StaffId>('00000000-0000-4000-8000-000000000001'), name: '', ...rights }
}
const lead = someone({ city: new Set(['order.read-all']), overUnits: new Map() })
const agent = someone({ city: new Set(['order.register', 'order.read-open']), overUnits: new Map() })
const ofUnits = (units: readonly string[]) =>
  someone({ city: new Set(), overUnits: new Map([['order.read-unit', new Set(units.map(asId<UnitId>))]]) })

export async function caseQueries(db: Kysely<Database>, until: Date): Promise<readonly CaseQuery[]> {
  const callers = await db
    .selectFrom('work_orders')
    .select(['caller_number', 'number'])
    .limit(1_000)
    .execute()
  const caller = (i: number) => callers[(i * 7) % callers.length] ?? { caller_number: '', number: '' }
  const list = async (filter: OrderFilter, who = lead, sort: Sort = 'newest', cursor?: string) => {
    const page = await listOrders(db, who, filter, { ...PAGE, sort, cursor })
    if (!page.ok) throw new Error(page.refusal.code)
    return page.value.orders.length
  }
  const deep = await behind(db, 99)
  const count = async (filter: OrderFilter, who = lead) => (await countOrders(db, who, filter)).count
  const daysAgo = (days: number) => new Date(until.getTime() - days * DAY_MS)
  const shop = (i: number) => [3, 5, 7].map(step => nth(SHOP_CHARACTERS, i * step + step)).join('')
  const common = (i: number) =>
    nth(['咨询', '小区', '噪声', '消防通道', '处理', '商店', '车辆', '路灯', '花园', '投诉'], i)
  const units = (i: number) => (i % 2 === 0 ? [`b${1 + (i % 60)}`] : street(i % 4, i % 8))
  const offices = (i: number): UnitId[] => units(i).map(unit => asId<UnitId>(unit))
  return [
    { name: 'list, newest first', run: () => list({}) },
    { name: 'list, hundredth page', run: () => list({}, lead, 'newest', deep) },
    { name: 'list of an agent (no secret ones)', run: () => list({}, agent) },
    { name: "a unit's list", run: i => list({}, ofUnits(units(i))) },
    { name: "a unit's open orders, first due", run: i => list({}, ofUnits(units(i)), 'due') },
    { name: "a district's list, in hand", run: i => list({ status: ['in-hand'] }, ofUnits(district(i % 4))) },
    {
      name: "a district's open orders to sign, first due",
      run: i => list({ status: ['to-sign'] }, ofUnits(district(i % 4)), 'due'),
    },
    { name: "a unit's overdue orders", run: i => list({ overdueAt: until }, ofUnits(units(i))) },
    { name: 'text: rare (a shop of three characters)', run: i => list({ text: `${shop(i)}商店` }) },
    {
      name: 'text: middling (an estate)',
      run: i => list({ text: nth(ESTATE_NAMES, i) + nth(ESTATE_KINDS, i * 3) }),
    },
    { name: 'text: common', run: i => list({ text: common(i) }) },
    { name: 'text: a sentence', run: i => list({ text: nth(DETAILS, i) }) },
    { name: 'text: two words', run: i => list({ text: `${nth(ROADS, i)} ${common(i)}` }) },
    {
      name: 'text: two words, rare together',
      run: i => list({ text: `${nth(ROADS, 30 + i)} ${nth(DETAILS, 40 + i)}` }),
    },
    {
      name: 'text: rare, open orders, first due',
      run: i => list({ text: `${nth(ROADS, 30 + i)} ${nth(DETAILS, i)}`, status: ['in-hand'] }, lead, 'due'),
    },
    { name: 'text: one character', run: i => list({ text: nth(SHOP_CHARACTERS, i) }) },
    { name: 'text: nothing found', run: i => list({ text: `${nth(ESTATE_NAMES, i)}${nth(DETAILS, i)}` }) },
    {
      name: 'text in a month two years ago',
      run: i => list({ text: common(i), openedFrom: daysAgo(760 - i), openedTo: daysAgo(730 - i) }),
    },
    { name: "text: common, in a unit's orders", run: i => list({ text: common(i) }, ofUnits(units(i))) },
    { name: "order number's beginning", run: i => list({ text: caller(i).number.slice(0, 8) }) },
    { name: 'caller number', run: i => list({ caller: caller(i).caller_number }) },
    { name: "caller number's beginning", run: i => list({ text: caller(i).caller_number.slice(0, 9) }) },
    {
      name: 'filter: type, rare',
      run: i => list({ type: nth(['PRAISE', 'REPORT', 'SUGGEST', 'COMPLAINT'], i) }),
    },
    {
      name: 'filter: category and area',
      run: i =>
        list({
          category: nth(['1-02', '3-06', '2-07-003', '1-09'], i),
          area: `46010${1 + (i % 4)}00${1 + (i % 8)}`,
        }),
    },
    { name: 'filter: unit with all below', run: i => list({ units: offices(i) }) },
    {
      name: 'filter: supervised, bad grade',
      run: i => list({ supervision: 1 + (i % 5), grade: ['bad', 'very-bad'] }),
    },
    {
      name: 'filter: four at once',
      run: i =>
        list({
          type: 'HELP',
          priority: ['P1', 'P2'],
          area: `46010${1 + (i % 4)}`,
          closing: ['not-solved'],
          category: nth(['1-02', '2-04', '1-09'], i),
        }),
    },
    {
      name: 'filter: campaign, secret',
      run: i => list({ campaign: `文明创建${1 + (i % 5)}`, secret: true }),
    },
    { name: 'filter: overdue, first due', run: () => list({ overdueAt: until }, lead, 'due') },
    { name: 'filter: overdue, newest', run: () => list({ overdueAt: until }) },
    { name: 'filter: opened by one person', run: i => list({ mine: true }, { ...lead, staff: agentId(i) }) },
    { name: 'count: all', run: () => count({}) },
    { name: 'count: common word', run: i => count({ text: common(i) }) },
    {
      name: 'count: middling word',
      run: i => count({ text: nth(ESTATE_NAMES, i) + nth(ESTATE_KINDS, i * 3) }),
    },
    { name: 'count: rare word', run: i => count({ text: `${shop(i)}商店` }) },
    {
      name: 'count: type and area',
      run: i =>
        count({ type: nth(['CONSULT', 'HELP', 'OTHER'], i), area: `46010${1 + (i % 4)}00${1 + (i % 8)}` }),
    },
    { name: "count: a unit's", run: i => count({}, ofUnits(units(i))) },
    { name: 'count: open ones (dashboard)', run: async () => (await countOpen(db, lead, until)).total },
    {
      name: "count: an agent's open ones (no secret ones)",
      run: async () => (await countOpen(db, agent, until)).total,
    },
    {
      name: "count: a district's open ones",
      run: async i => (await countOpen(db, ofUnits(district(i % 4)), until)).total,
    },
    { name: 'next due (sweep)', run: async () => (await nextDue(db, until, 500)).length },
  ]
}

/** The cursor behind so many pages of the whole list. */
async function behind(db: Kysely<Database>, pages: number): Promise<string | undefined> {
  let cursor: string | undefined
  for (let page = 0; page < pages; page++) {
    const read = await listOrders(db, lead, {}, { ...PAGE, cursor })
    cursor = read.ok ? (read.value.next ?? undefined) : undefined
  }
  return cursor
}

function street(d: number, s: number): string[] {
  return [`s${1 + d}${1 + s}`]
}

function district(d: number): string[] {
  return [`d${1 + d}`, ...Array.from({ length: 8 }, (_, s) => `s${1 + d}${1 + s}`)]
}

/** An agent's id as the generator has it. */
function agentId(i: number): StaffId {
  const hash = createHash('md5')
    .update(`agent${1 + (i % 100)}`)
    .digest('hex')
  return asId(hash.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
}
