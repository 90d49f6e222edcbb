import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CitizenId, UnitId } from '#kernel/ids.ts'
import type { CaseGrade, Closing, OrderStatus, Priority } from '../../cases/life/order.ts'
import type { StaffActor } from '../../people/roles/index.ts'
import { ordersReadBy } from '../life/index.ts'
import { isProtectedRow } from '../secrecy/index.ts'
import { allOf, anyOf, beginning, type Terms, term, wordsOf, wordTerms } from './terms.ts'

/** What a list is cut by; what is left out cuts nothing. */
export interface OrderFilter {
  readonly text?: string | undefined
  readonly status?: readonly OrderStatus[] | undefined
  readonly type?: string | undefined
  readonly category?: string | undefined
  readonly area?: string | undefined
  /** The unit asked for and all below it. */
  readonly units?: readonly UnitId[] | undefined
  readonly priority?: readonly Priority[] | undefined
  readonly supervision?: number | undefined
  readonly secret?: boolean | undefined
  readonly overdueAt?: Date | undefined
  readonly dueBefore?: Date | undefined
  readonly openedFrom?: Date | undefined
  readonly openedTo?: Date | undefined
  readonly caller?: string | undefined
  readonly citizen?: CitizenId | undefined
  readonly campaign?: string | undefined
  readonly closing?: readonly Closing[] | undefined
  readonly grade?: readonly CaseGrade[] | undefined
  readonly mine?: boolean | undefined
  /** Beside `units`: one of these has a part in it too. */
  readonly within?: readonly UnitId[] | undefined
}

/** One condition, as the rows tell it and as the index over `order_search` does. */
export interface Condition {
  /** Over `work_orders`. */
  readonly holds: RawBuilder<SqlBool>
  /** What every order meets for which it holds; null: the index knows nothing of it. */
  readonly terms: Terms | null
  /** Over `order_search`: with it, `terms` says the same as `holds`. null: they do not, and the rows must be asked. */
  readonly besides: RawBuilder<SqlBool> | null
  /** Words: `besides` says it all, and `holds` costs more. */
  readonly words?: true
  /** It leaves few orders, which a B-tree finds: their own, or that of the orders with a due instant. */
  readonly few?: 'own' | 'due'
  readonly units?: UnitsPart
}

/** Only orders that these units have a part in, or that the others are: their newest come from an index each. */
export interface UnitsPart {
  readonly ids: readonly UnitId[]
  readonly others: Terms | null
}

const ALWAYS = sql<SqlBool>`true`

/** Who is behind a protected order is told for a reason on record, never to a search. */
const notProtected = sql<SqlBool>`not ${isProtectedRow()}`

/** @returns one condition for each part of the filter but the days, and the row limit of whoever asks */
export function conditionsOf(filter: OrderFilter, actor: StaffActor): readonly Condition[] {
  return [...sightConditions(actor), ...textConditions(filter.text ?? ''), ...columnConditions(filter, actor)]
}

/** The rows say who reads them (`ordersReadBy`); tags say the same, but of calls, in which some had a hand without a talk. */
function sightConditions(actor: StaffActor): Condition[] {
  const { city, overUnits, staff } = actor
  if (city.has('order.read-all')) return []
  const holds = ordersReadBy(actor)
  const units = [...(overUnits.get('order.read-unit') ?? [])]
  const own = city.has('order.read-referred') ? [`@o${staff}`, '@v5'] : [`@o${staff}`]
  const hand = `@h${staff}`
  const few = sql<SqlBool>`(
    order_search.tags && ${[...own, ...units.map(unitTag)]}::text[]
    or (${hand} = any(order_search.tags)
        and exists (select from work_orders where work_orders.id = order_search.order_id and ${holds})))`
  if (city.has('order.read-open')) {
    return [{ holds, terms: null, besides: sql`(not order_search.tags && '{@x,@tREPORT}' or ${few})` }]
  }
  const others = anyOf([...own, hand].map(term))
  const terms = anyOf([...units.map(unit => term(unitTag(unit))), others])
  return [{ holds, terms, besides: few, units: { ids: units, others } }]
}

const unitTag = (unit: UnitId) => `@u${unit}`

function columnConditions(filter: OrderFilter, actor: StaffActor): Condition[] {
  const { status, type, category, area, units, priority, supervision, secret, campaign } = filter
  const { closing, grade, mine, overdueAt, dueBefore, caller, citizen, within } = filter
  const found: Condition[] = []
  if (status !== undefined) found.push(oneOf('status', '@s', status))
  if (type !== undefined) found.push(oneOf('type_code', '@t', [type]))
  if (category !== undefined) found.push(inCategory(category))
  if (area !== undefined) found.push(inArea(area))
  if (units !== undefined) found.push(withUnits(units))
  if (within !== undefined) found.push(withUnits(within))
  if (priority !== undefined) found.push(oneOf('priority', '@p', priority))
  if (supervision !== undefined) found.push(supervisedFrom(supervision))
  if (secret !== undefined) found.push(secrecy(secret))
  if (campaign !== undefined) found.push(oneOf('campaign', '@m', [campaign]))
  if (closing !== undefined) found.push(oneOf('closing', '@e', closing))
  if (grade !== undefined) found.push(oneOf('grade', '@g', grade))
  if (mine === true) found.push(tagged(sql`work_orders.opened_by = ${actor.staff}`, term(`@o${actor.staff}`)))
  if (overdueAt !== undefined) found.push(few('due', sql`work_orders.due_at < ${overdueAt}`))
  if (dueBefore !== undefined) found.push(few('due', sql`work_orders.due_at < ${dueBefore}`))
  if (caller !== undefined)
    found.push(few('own', sql`(work_orders.caller_number = ${caller} and ${notProtected})`))
  if (citizen !== undefined)
    found.push(few('own', sql`(work_orders.citizen_id = ${citizen} and ${notProtected})`))
  return found
}

/** Words are found by their pairs of characters, which must then stand beside each other. */
function textConditions(text: string): Condition[] {
  const words = wordsOf(text)
  const [only, ...others] = words
  if (only === undefined) return []
  if (others.length === 0 && /^[0-9]{4,}$/.test(only)) return [digits(only)]
  const patterns = words.map(word => `%${word}%`)
  return [
    {
      holds: bodyHas(patterns),
      terms: allOf(words.map(wordTerms)),
      besides: sql<SqlBool>`order_search.body like all(${patterns}::text[])`,
      words: true,
    },
  ]
}

/** The beginning of an order's number or of a caller's, or a number in the text. */
function digits(number: string): Condition {
  const begins = `${number}%`
  return {
    holds: sql<SqlBool>`(work_orders.number like ${begins}
      or (work_orders.caller_number like ${begins} and ${notProtected}) or ${bodyHas([`%${number}%`])})`,
    terms: anyOf([beginning(`@n${number}`), beginning(`@k${number}`), wordTerms(number)]),
    // The first two tags are these, as far as there are both.
    besides: sql<SqlBool>`(order_search.body like ${`%${number}%`}
      or order_search.tags[1] like ${`@n${begins}`} or order_search.tags[2] like ${`@k${begins}`})`,
    words: true,
  }
}

/** `offset 0`: looked up for each order, never all texts read once. */
function bodyHas(patterns: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select from order_search
    where order_search.order_id = work_orders.id and order_search.body like all(${[...patterns]}::text[])
    offset 0)`
}

type TaggedColumn = 'status' | 'type_code' | 'priority' | 'campaign' | 'closing' | 'grade'

function oneOf(column: TaggedColumn, tag: string, values: readonly string[]): Condition {
  const holds = sql<SqlBool>`${sql.ref(`work_orders.${column}`)} = any(${[...values]}::text[])`
  return tagged(holds, anyOf(values.map(value => term(tag + value))))
}

function inCategory(code: string): Condition {
  const holds = sql<SqlBool>`(work_orders.category_code = ${code} or work_orders.category_code like ${`${code}-%`})`
  return tagged(holds, term(`@c${code}`))
}

/** Codes of areas have these lengths; a beginning of another length is asked of the rows alone. */
const AREA_LENGTHS = [6, 9, 12, 15]

function inArea(code: string): Condition {
  const holds = sql<SqlBool>`work_orders.area_code like ${`${code}%`}`
  return AREA_LENGTHS.includes(code.length)
    ? tagged(holds, term(`@a${code}`))
    : { holds, terms: beginning(`@a${code}`), besides: ALWAYS }
}

function supervisedFrom(level: number): Condition {
  const levels = [1, 2, 3, 4, 5].filter(other => other >= level)
  return tagged(
    sql<SqlBool>`work_orders.supervision >= ${level}`,
    anyOf(levels.map(other => term(`@v${other}`))),
  )
}

/** That a tag is missing is nothing to look up; most orders lack this one. */
function secrecy(secret: boolean): Condition {
  if (secret) return tagged(sql<SqlBool>`work_orders.secret`, term('@x'))
  const besides = sql<SqlBool>`not '@x' = any(order_search.tags)`
  return { holds: sql<SqlBool>`not work_orders.secret`, terms: null, besides }
}

/** One of these units has a part in it. */
function withUnits(units: readonly UnitId[]): Condition {
  const holds = sql<SqlBool>`exists (
    select from order_assignments
    where order_assignments.order_id = work_orders.id and order_assignments.unit_id = any(${[...units]}::text[])
      and order_assignments.state not in ('returned', 'withdrawn'))`
  const terms = anyOf(units.map(unit => term(unitTag(unit))))
  return { ...tagged(holds, terms), units: { ids: units, others: null } }
}

function tagged(holds: RawBuilder<SqlBool>, terms: Terms): Condition {
  return { holds, terms, besides: ALWAYS }
}

function few(kind: 'own' | 'due', holds: RawBuilder<SqlBool>): Condition {
  return { holds, terms: null, besides: null, few: kind }
}
