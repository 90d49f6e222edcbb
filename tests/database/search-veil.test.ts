import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { citizenOf } from '../../src/casework/citizens/index.ts'
import { knownIdentities, veil } from '../../src/casework/secrecy/index.ts'
import { derivedAnew } from '../../src/database/migrations/2026-12-03-search-veil.ts'
import { asId, type StaffId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { smallCatalogue } from '../support/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { person } from '../support/service.ts'
import { WITH_TELEPHONES, WITHOUT_TELEPHONES } from '../support/telephone-words.ts'

let database: TestDatabase
let taker: StaffId
beforeAll(async () => {
  database = await freshDatabase()
  await smallCatalogue(database.db)
  taker = await person(database.db, 'a8001')
})
afterAll(() => database.close())

/** As PostgreSQL has it, beside the words as they are shown with the same mark in each number's place. */
async function bothOf(texts: readonly string[]): Promise<{ ours: string; shown: string }[]> {
  const { rows } = await sql<{ ours: string }>`
    select without_telephones(words) as ours
    from unnest(${[...texts]}::text[]) with ordinality as given (words, place) order by place`.execute(
    database.db,
  )
  return texts.map((text, i) => ({ ours: rows[i]?.ours ?? '', shown: marked(veil({ names: [] }, text)) }))
}
const marked = (masked: string) => masked.replaceAll(/\d{0,3}\*+\d\d/g, '|')

describe('what is searched leaves out what is masked where it is shown', () => {
  test('every telephone number of the table, and nothing else of it', async () => {
    const both = await bothOf([...WITH_TELEPHONES.map(([text]) => text), ...WITHOUT_TELEPHONES])
    for (const { ours, shown } of both) expect(ours).toBe(shown)
    expect(both.slice(0, WITH_TELEPHONES.length).every(({ ours }) => ours.includes('|'))).toBe(true)
    expect(both.slice(WITH_TELEPHONES.length).map(({ ours }) => ours)).toEqual(WITHOUT_TELEPHONES)
  })

  test('whatever figures people write', async () => {
    const part = fc.oneof(
      fc.constantFrom('1', '3', '8', '0', '6', '20', '86', '2026', '1118', '139', '0755', '66', '8800', '+'),
      fc.constantFrom(
        ' ',
        '-',
        '.',
        '，',
        '—',
        '（',
        '_',
        '/',
        '年',
        '元',
        '￥',
        '号',
        '九',
        '２',
        '\u00ad',
        'a',
      ),
    )
    const texts = fc.sample(
      fc.array(part, { minLength: 3, maxLength: 24 }).map(parts => parts.join('')),
      3000,
    )
    for (const { ours, shown } of await bothOf(texts)) expect(ours).toBe(shown)
  })
})

describe('a protected order', () => {
  const NUMBER = '13907551234'
  const WORDS = '王小明 139-0755 1234，另有 138 0000 0001、6688 0000，门牌 23-3-1201'
  let order: WorkOrderId
  beforeEach(async () => {
    const { db } = database
    order = asId<WorkOrderId>(randomUUID())
    const citizen = await db.transaction().execute(trx => citizenOf(trx, NUMBER))
    if (citizen === null) throw new Error('withheld')
    await db.updateTable('citizens').set({ name: '王小明' }).where('id', '=', citizen).execute()
    await db
      .insertInto('work_orders')
      .values({
        ...{ id: order, number: randomUUID().replaceAll(/\D/g, '').padEnd(18, '0').slice(0, 18) },
        ...{ status: 'draft', caller_number: NUMBER, opened_by: taker, opened_at: new Date() },
        ...{ citizen_id: citizen, title: WORDS, text: WORDS, place: WORDS, secret: true },
      })
      .execute()
  })
  const bodyOf = async () =>
    (
      await database.db
        .selectFrom('order_search')
        .select('body')
        .where('order_id', '=', order)
        .executeTakeFirstOrThrow()
    ).body
  const change = (values: { secret?: boolean; type_code?: string; text?: string; title?: string }) =>
    database.db.updateTable('work_orders').set(values).where('id', '=', order).execute()
  const HIDDEN = '另有 门牌 23 3 1201'
  const OPEN = '王小明 139 0755 1234 另有 138 0000 0001 6688 0000 门牌 23 3 1201'

  test('is searched without anybody’s number and without its citizen’s name, in title, place and text', async () => {
    expect(await bodyOf()).toBe([HIDDEN, HIDDEN, HIDDEN].join(' '))
  })

  test('has its words derived anew when it becomes one and when it is none any more', async () => {
    await change({ secret: false })
    expect(await bodyOf()).toBe([OPEN, OPEN, OPEN].join(' '))
    await change({ type_code: 'REPORT' })
    expect(await bodyOf()).toBe([HIDDEN, HIDDEN, HIDDEN].join(' '))
    await change({ type_code: 'HELP' })
    expect(await bodyOf()).toBe([OPEN, OPEN, OPEN].join(' '))
  })

  test('that was there before is derived anew by the migration, others are left as they are', async () => {
    await database.db.updateTable('order_search').set({ body: '13800000001' }).execute()
    const hidden = order
    order = asId<WorkOrderId>(randomUUID())
    const row = await database.db
      .selectFrom('work_orders')
      .select(['caller_number', 'opened_by', 'opened_at'])
      .where('id', '=', hidden)
      .executeTakeFirstOrThrow()
    const number = randomUUID().replaceAll(/\D/g, '').padEnd(18, '0').slice(0, 18)
    await database.db
      .insertInto('work_orders')
      .values({ ...row, id: order, number, status: 'draft', title: '13800000001' })
      .execute()
    await derivedAnew(database.db)
    expect(await bodyOf()).toBe('13800000001')
    order = hidden
    expect(await bodyOf()).toBe([HIDDEN, HIDDEN, HIDDEN].join(' '))
  })

  test('answers no guess: its citizen’s number and another’s, however they are written, are told apart by nothing', async () => {
    const spellings = (number: string) => [
      ...[number, number.split('').join(','), number.split('').join(' '), `+86${number}`],
      `${number.slice(0, 3)},${number.slice(3, 7)}:${number.slice(7)}`,
    ]
    const without = async (guess: string, digits: string) => {
      await change({ title: '', text: guess })
      return (await bodyOf()).replaceAll(digits.split('').join(' '), 'written')
    }
    const other = '13800000002'
    for (const [i, guess] of spellings(NUMBER).entries()) {
      expect(await without(guess, NUMBER), guess).toBe(await without(spellings(other)[i] ?? '', other))
    }
  })

  test.each(['请找王・小明', '王·小 明', '王\u200b小明家'])(
    'is not found by a name written as %s',
    async text => {
      expect(veil((await knownIdentities(database.db, [order])).get(order) ?? { names: [] }, text)).toContain(
        '保密',
      )
      await change({ title: '', text })
      expect(await bodyOf()).not.toMatch(/王|小|明/)
    },
  )
})
