import { randomUUID } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database, DutyRulesTable } from '#database/types.ts'
import { type AreaCode, asId } from '#kernel/ids.ts'
import { cityCalendar } from '../../floor/calendar/index.ts'
import { DispatchCatalogue, type DutyRule } from './catalogue.ts'
import type { DutyRuleForm } from './schema.ts'

type RuleRow = Selectable<DutyRulesTable>

export async function readCatalogue(db: Kysely<Database>): Promise<DispatchCatalogue> {
  const [rules, areas, units, contacts, categories, categoryWords, priorityWords, calendar] =
    await Promise.all([
      readRules(db),
      db
        .selectFrom('areas')
        .select(['code', 'parent_code as parent', 'name_zh as name', 'aliases'])
        .orderBy('code')
        .execute(),
      db
        .selectFrom('units')
        .select(['id', 'name_zh as name', 'kind', 'area_code as area'])
        .where('takes_orders', '=', true)
        .where('closed_at', 'is', null)
        .orderBy('id')
        .execute(),
      db
        .selectFrom('unit_contacts')
        .innerJoin('units', 'units.id', 'unit_contacts.unit_id')
        .select(['unit_contacts.unit_id as unit', 'duty', 'name', 'field'])
        .select(({ fn }) => fn.coalesce('hours', 'duty_hours').as('hours'))
        .where('units.takes_orders', '=', true)
        .where('units.closed_at', 'is', null)
        .orderBy('unit_contacts.unit_id')
        .orderBy('position')
        .orderBy('name')
        .execute(),
      db.selectFrom('categories').select(['code', 'name_zh as name']).execute(),
      db.selectFrom('category_words').select(['category_code as code', 'word']).execute(),
      db.selectFrom('priority_words').selectAll().execute(),
      cityCalendar(db),
    ])
  return new DispatchCatalogue({
    ...{ rules, areas, units, contacts, categories, categoryWords, priorityWords, calendar },
  })
}

/** In order. */
export async function readRules(db: Kysely<Database>): Promise<readonly DutyRule[]> {
  return (await db.selectFrom('duty_rules').selectAll().orderBy('position').execute()).map(ruleOf)
}

/** Until the transaction ends nobody else changes a rule or its place. */
export async function lockRules(trx: Transaction<Database>): Promise<readonly DutyRule[]> {
  await sql`select pg_advisory_xact_lock(hashtext('duty-rules'))`.execute(trx)
  return await readRules(trx)
}

export async function insertRule(
  trx: Transaction<Database>,
  position: number,
  form: DutyRuleForm,
): Promise<DutyRule> {
  const row = await trx
    .insertInto('duty_rules')
    .values({ id: randomUUID(), position, ...columns(form) })
    .returningAll()
    .executeTakeFirstOrThrow()
  return ruleOf(row)
}

export async function updateRule(
  trx: Transaction<Database>,
  { id, version }: DutyRule,
  form: DutyRuleForm,
): Promise<DutyRule> {
  const row = await trx
    .updateTable('duty_rules')
    .set({ ...columns(form), version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return ruleOf(row)
}

export async function removeRule(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.deleteFrom('duty_rules').where('id', '=', id).execute()
}

/** From this position on each rule stands one further on, or with -1 one further up. */
export async function shiftRules(trx: Transaction<Database>, from: number, by: 1 | -1): Promise<void> {
  await trx
    .updateTable('duty_rules')
    .set({ position: sql<number>`position + ${by}` })
    .where('position', '>=', from)
    .execute()
}

export async function placeRules(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  await sql`
    update duty_rules set position = wanted.position
    from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, position)
    where duty_rules.id = wanted.id and duty_rules.position <> wanted.position
  `.execute(trx)
}

function ruleOf(row: RuleRow): DutyRule {
  return {
    id: row.id,
    position: row.position,
    categoryPrefix: row.category_prefix,
    areaCode: row.area_code,
    hours: row.hours,
    anyWords: row.any_words,
    allWords: row.all_words,
    noWords: row.no_words,
    lead: row.lead,
    coUnits: row.co_units,
    personName: row.person_name,
    personDuty: row.person_duty,
    personField: row.person_field,
    priority: row.priority,
    note: row.note,
    version: row.version,
  }
}

function columns(form: DutyRuleForm) {
  return {
    category_prefix: form.categoryPrefix,
    area_code: form.areaCode === null ? null : asId<AreaCode>(form.areaCode),
    hours: form.hours === null ? null : JSON.stringify(form.hours),
    any_words: form.anyWords,
    all_words: form.allWords,
    no_words: form.noWords,
    lead: form.lead,
    co_units: form.coUnits,
    person_name: form.personName,
    person_duty: form.personDuty,
    person_field: form.personField,
    priority: form.priority,
    note: form.note,
  }
}
