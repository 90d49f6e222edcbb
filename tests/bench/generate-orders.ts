import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import { categoryRows } from '../../src/demo-city/categories.ts'
import { ORDER_TYPES } from '../../src/demo-city/lists.ts'
import { ASKS, DETAILS, ESTATE_KINDS, ESTATE_NAMES, MATTERS, ROADS, SHOP_CHARACTERS } from './order-words.ts'

/** Orders over this time, the last of them opened at `until`. */
const YEARS = 3
const ROWS_AT_ONCE = 20_000

export interface Made {
  readonly orders: number
  readonly seed: number
  readonly until: Date
  /** Told after each part. */
  readonly progress?: (text: string) => void
}

/**
 * Fills an empty, migrated database with a city's orders: the same for the same seed. Types in the proportions of a real
 * city, nearly all of them closed, callers who call again, texts with common and rare words, 45 % handled by a unit.
 * What triggers keep is written as they would, and the search index is built afterwards. Needs a superuser.
 */
export async function generateOrders(db: Kysely<Database>, made: Made): Promise<void> {
  await db.connection().execute(async connection => {
    await sql`set session_replication_role = replica`.execute(connection)
    await sql`set maintenance_work_mem = '512MB'`.execute(connection)
    const { rows } = await sql<{ indexdef: string }>`
      select indexdef from pg_indexes where indexname = 'order_search_terms'`.execute(connection)
    await sql`drop index order_search_terms`.execute(connection)
    await city(connection)
    const began = performance.now()
    for (let from = 0; from < made.orders; from += ROWS_AT_ONCE) {
      const to = Math.min(from + ROWS_AT_ONCE, made.orders) - 1
      await orders(connection, made, from, to)
      const perSecond = Math.round(((to + 1) / (performance.now() - began)) * 1_000)
      made.progress?.(`${to + 1} of ${made.orders} orders, ${perSecond} a second`)
    }
    await assignments(connection)
    made.progress?.('assignments')
    await sql`insert into order_search select * from order_search_rows() as now order by now.opened_at`.execute(
      connection,
    )
    made.progress?.('texts and tags')
    await sql.raw(rows[0]?.indexdef ?? '').execute(connection)
    made.progress?.('search index')
    await sql`set session_replication_role = origin`.execute(connection)
  })
  // A pause of the server's own: what it would do in the hours after a load like this.
  for (const table of ['work_orders', 'order_assignments', 'order_search', 'units'])
    await sql`vacuum analyze ${sql.table(table)}`.execute(db)
}

/** Types, categories, one account, 4 districts with 8 streets each, 60 bureaus; areas down to 160 communities. */
async function city(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into order_types (code, name_zh, name_en, position)
    select t ->> 0, t ->> 1, t ->> 2, row_number() over ()
    from jsonb_array_elements(${JSON.stringify(ORDER_TYPES)}::jsonb) as t`.execute(db)
  await db
    .insertInto('categories')
    .values([...categoryRows()])
    .execute()
  await sql`
    insert into staff (id, login, name, password_hash, role, agent_number)
    select md5('agent' || n)::uuid, 'bench' || n, '话务员' || n, '', 'agent', (2000 + n)::text
    from generate_series(1, 100) as n`.execute(db)
  await sql`
    insert into areas (code, name_zh) select '46010' || d, '区' || d from generate_series(1, 4) as d;
    insert into areas (code, parent_code, name_zh)
      select '46010' || d || '00' || s, '46010' || d, '街道' || d || s
      from generate_series(1, 4) as d, generate_series(1, 8) as s;
    insert into areas (code, parent_code, name_zh)
      select '46010' || d || '00' || s || '00' || c, '46010' || d || '00' || s, '社区' || d || s || c
      from generate_series(1, 4) as d, generate_series(1, 8) as s, generate_series(1, 5) as c;
    insert into units (id, path, name_zh, kind) values ('city', '{city}', '海棠市', 'city');
    insert into units (id, parent_id, path, name_zh, kind, area_code)
      select 'd' || d, 'city', array['city', 'd' || d], '区' || d, 'district', '46010' || d
      from generate_series(1, 4) as d;
    insert into units (id, parent_id, path, name_zh, kind, area_code)
      select 's' || d || s, 'd' || d, array['city', 'd' || d, 's' || d || s], '街道' || d || s, 'street',
             '46010' || d || '00' || s
      from generate_series(1, 4) as d, generate_series(1, 8) as s;
    insert into units (id, parent_id, path, name_zh, kind)
      select 'b' || b, 'city', array['city', 'b' || b], '市直' || b || '局', 'bureau'
      from generate_series(1, 60) as b;
  `.execute(db)
}

/** A number from 0 to 1 that belongs to order `n` and a purpose. */
const chance = (seed: number, purpose: number) =>
  sql`((hashint8extended(n, ${sql.lit(seed * 1_000 + purpose)}) & 2147483647)::float8 / 2147483648)`

async function orders(db: Kysely<Database>, { orders: all, seed, until }: Made, from: number, to: number) {
  const r = (purpose: number) => chance(seed, purpose)
  /** One of them; the first far more often than the last. */
  const one = (list: readonly string[], purpose: number) =>
    sql`(${[...list]}::text[])[1 + floor(${sql.lit(list.length)} * ${r(purpose)} ^ 1.6)::int]`
  // `offset 0`: each step is worked out once, not again wherever it is named.
  await sql`
    insert into work_orders (id, number, status, caller_number, line_number, type_code, category_code, title, text,
      place, secret, opened_by, opened_at, saved_at, priority, area_code, hot_topic, campaign, lead_unit, supervision,
      closing, grade, closed_at, due_at)
    select
      (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8'
        || substr(hash, 4, 15))::uuid,
      to_char(at at time zone 'Asia/Shanghai', 'YYMMDDHH24MISS') || lpad((n % 1000000)::text, 6, '0'),
      status, '139' || lpad(floor(${r(1)} ^ 3 * 600000)::text, 8, '0'), '12345', type,
      category, left(place || matter, 100),
      '市民来电反映：' || place || shop || '附近，' || matter || '。' || detail_1 || '，' || detail_2 || '。门牌'
        || floor(${r(2)} * 900)::int || '号，车牌琼A' || upper(substr(hash, 20, 5)) || '。' || ask || '。',
      place, type = 'REPORT' and ${r(3)} < 0.5 or ${r(3)} < 0.002,
      md5('agent' || 1 + floor(${r(4)} * 100)::int)::uuid, at, at + interval '3 min', priority,
      '46010' || 1 + floor(${r(5)} * 4)::int || '00' || 1 + floor(${r(6)} * 8)::int || '00' || 1 + floor(${r(7)} * 5)::int,
      ${r(8)} < 0.01, case when ${r(9)} < 0.005 then '文明创建' || 1 + floor(${r(10)} * 5)::int end,
      case when type in ('CONSULT', 'PRAISE') and ${r(11)} < 0.8 or status in ('draft', 'to-dispatch') then null
           when ${r(12)} < 0.6 then 'b' || 1 + floor(60 * ${r(13)} ^ 1.6)::int
           else 's' || 1 + floor(${r(5)} * 4)::int || 1 + floor(${r(6)} * 8)::int end,
      case when ${r(14)} < 0.015 then 1 + floor(5 * ${r(15)} ^ 4)::int else 0 end,
      case when not closed then null when type = 'CONSULT' then 'answered' when ${r(16)} < 0.85 then 'solved'
           else 'not-solved' end,
      case when not closed or ${r(17)} < 0.3 then null
           when ${r(18)} < 0.6 then 'very-good' when ${r(18)} < 0.85 then 'good' when ${r(18)} < 0.95 then 'fair'
           when ${r(18)} < 0.98 then 'bad' else 'very-bad' end,
      case when closed then at + interval '20 days' * ${r(19)} end,
      case when not closed and status <> 'draft' then at + interval '15 days' * ${r(20)} end
    from (
      select *, matters ->> 0 as category, matters ->> 1 as matter,
        case when closed then case when age > interval '60 days' then 'archived' else 'closed' end
             else (array['draft', 'to-dispatch', 'to-sign', 'in-hand', 'in-hand', 'in-hand', 'to-review', 'to-call-back'])
               [1 + floor(8 * ${r(21)})::int] end as status
      from (
        select n, at, age, md5(${String(seed)} || n) as hash,
          ${r(22)} >= 0.9 * exp(-extract(epoch from age) / 950400) as closed,
          case when ${r(23)} < 0.637 then 'CONSULT' when ${r(23)} < 0.927 then 'HELP' when ${r(23)} < 0.937 then 'COMPLAINT'
               when ${r(23)} < 0.943 then 'SUGGEST' when ${r(23)} < 0.948 then 'REPORT' when ${r(23)} < 0.95 then 'PRAISE'
               else 'OTHER' end as type,
          case when ${r(24)} < 0.02 then 'P1' when ${r(24)} < 0.1 then 'P2' else 'P3' end as priority,
          ${one(ROADS, 25)} || case when ${r(26)} < 0.7
            then ${one(ESTATE_NAMES, 27)} || ${one(ESTATE_KINDS, 28)} || 1 + floor(${r(29)} * 30)::int || '栋' else '' end as place,
          ${one(SHOP_CHARACTERS, 30)} || ${one(SHOP_CHARACTERS, 31)} || ${one(SHOP_CHARACTERS, 32)} || '商店' as shop,
          (${JSON.stringify(MATTERS)}::jsonb) -> floor(${sql.lit(MATTERS.length)} * ${r(33)} ^ 1.6)::int as matters,
          ${one(DETAILS, 34)} as detail_1, ${one(DETAILS, 35)} as detail_2, ${one(ASKS, 36)} as ask
        from (
          select n, ${until}::timestamptz - age as at, age
          from (
            select n, date_trunc('milliseconds',
              interval '1 day' * (365.0 * ${sql.lit(YEARS)} * (${sql.lit(all)} - 1 - n) / ${sql.lit(all)})::float8) as age
            from generate_series(${sql.lit(from)}::bigint, ${sql.lit(to)}::bigint) as n
            offset 0
          ) as aged offset 0
        ) as timed offset 0
      ) as drawn offset 0
    ) as worded
  `.execute(db)
}

/** The lead unit, one other unit in eight of them, and for a street the district it has the order from. */
async function assignments(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into order_assignments (order_id, unit_id, role, state, from_unit, assigned_at, signed_at, answered_at,
      opened_at, due_at, open)
    select part.*, o.opened_at, o.due_at, order_is_open(o.status, o.due_at)
    from work_orders o cross join lateral (
      select id, lead_unit, 'lead',
        case when closed_at is not null then 'answered' when status = 'to-sign' then 'to-sign' else 'working' end,
        case when lead_unit like 's%' then 'd' || substr(lead_unit, 2, 1) end,
        saved_at, saved_at + interval '20 min', closed_at
      union all
      select id, 'd' || substr(lead_unit, 2, 1), 'lead', 'passed-down', null, saved_at, saved_at, null
      where lead_unit like 's%'
      union all
      select id, 'b' || 1 + get_byte(uuid_send(id), 15) % 60, 'co', 'answered', null, saved_at, saved_at, closed_at
      where lead_unit like 's%' and get_byte(uuid_send(id), 14) % 8 = 0
    ) as part
    where o.lead_unit is not null`.execute(db)
}
