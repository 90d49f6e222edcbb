import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type RawBuilder, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  anchorTrail,
  appendAudit,
  appendTrail,
  describeBroken,
  type EntryToAppend,
  linkHash,
  type OrderTrailRow,
  orderLink,
  readTrail,
  verifyTrail,
} from '../../src/casework/trail/index.ts'
import { asId, type StaffId, type WorkOrderId } from '../../src/kernel/ids.ts'
import { cityDate, daysAfter } from '../../src/kernel/time.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { person } from '../support/service.ts'

let database: TestDatabase
let staff: StaffId
beforeEach(async () => {
  database = await freshDatabase()
  staff = await person(database.db, 'a1001')
})
afterEach(() => database.close())

/** The day is an input: the city's midnight may come while these tests run. */
const TODAY = '2026-11-22'
const TOMORROW = daysAfter(TODAY, 1)
/** Ids in the order in which the trail is read. */
const order = (n: number) => asId<WorkOrderId>(`00000000-0000-7000-8000-00000000000${n}`)
const number = (n: number) => `26112209000000000${n}`

async function openOrder(n: number): Promise<WorkOrderId> {
  const row = {
    id: order(n),
    number: number(n),
    status: 'draft' as const,
    caller_number: '13907551234',
    opened_by: staff,
    opened_at: new Date(),
  }
  await database.db.insertInto('work_orders').values(row).execute()
  return order(n)
}

function append(n: number, given: Partial<EntryToAppend> = {}) {
  const entry: EntryToAppend = {
    order: order(n),
    at: Date.now(),
    by: { kind: 'staff', staff, name: '姓名a1001' },
    act: 'note',
    from: 'in-hand',
    to: 'in-hand',
    why: '',
    detail: { text: '已联系', units: ['urban', 'street'], ratio: 0.1 },
    ...given,
  }
  return database.db.transaction().execute(async trx => {
    await trx.selectFrom('work_orders').select('id').where('id', '=', order(n)).forUpdate().execute()
    return await appendTrail(trx, entry, TODAY)
  })
}

async function chain(n: number, length: number): Promise<void> {
  await openOrder(n)
  for (let i = 0; i < length; i += 1) await append(n)
}

const verify = async (only: WorkOrderId | null = null) => {
  const { broken } = await verifyTrail(database.db, () => {}, only)
  return broken === null ? 'unbroken' : describeBroken(broken)
}

/** As somebody would who owns the database: no trigger, no foreign key. */
async function asSuperuser(...statements: readonly RawBuilder<unknown>[]): Promise<void> {
  await database.db.transaction().execute(async trx => {
    await sql`set local session_replication_role = replica`.execute(trx)
    for (const statement of statements) await statement.execute(trx)
  })
}

const rowsOf = (n: number) =>
  database.db.selectFrom('order_trail').selectAll().where('order_id', '=', order(n)).orderBy('seq').execute()

/** Changes an entry and gives it, and every one after it, the hashes that fit. */
async function rewrite(n: number, from: number, upTo: number, why: string): Promise<void> {
  let before: Buffer | null = null
  for (const row of await rowsOf(n)) {
    if (row.seq >= from && row.seq <= upTo) {
      const changed = { ...row, why: row.seq === from ? why : row.why, prev_hash: before }
      const hash = linkHash(orderLink(changed, String(row.at.getTime() * 1_000)))
      await asSuperuser(sql`
        update order_trail set why = ${changed.why}, prev_hash = ${before}, hash = ${hash}
        where order_id = ${order(n)} and seq = ${row.seq}`)
      before = hash
    } else before = row.hash
  }
}

describe('a chain', () => {
  test('tells who did what, when, from what to what and why', async () => {
    await openOrder(1)
    const at = Date.UTC(2026, 10, 22, 1, 2, 3, 456)
    await append(1, { at, act: 'register', from: 'draft', to: 'to-dispatch', detail: { type: 'HELP' } })
    const told = await append(1, {
      by: { kind: 'service', job: 'auto-dispatch' },
      act: 'dispatch',
      why: '辖区',
    })
    const entries = await readTrail(database.db, order(1))
    expect(entries).toMatchObject([
      {
        seq: 1,
        at: '2026-11-22T01:02:03.456Z',
        actorKind: 'staff',
        staffId: staff,
        actorName: '姓名a1001',
        act: 'register',
        from: 'draft',
        to: 'to-dispatch',
        why: '',
        detail: { type: 'HELP' },
      },
      {
        seq: 2,
        actorKind: 'service',
        staffId: null,
        actorName: 'auto-dispatch',
        act: 'dispatch',
        why: '辖区',
      },
    ])
    expect(entries[1]).toEqual(told)
    expect(await verify()).toBe('unbroken')
  })

  test('keeps what JSON keeps of a detail, and fits all the same', async () => {
    await openOrder(1)
    const detail = { at: new Date(0), none: undefined, deep: [{ z: 1, a: -0, 号: '"\\\u2028' }], big: 1e300 }
    await append(1, { detail })
    const [entry] = await readTrail(database.db, order(1))
    expect(entry?.detail).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      deep: [{ z: 1, a: 0, 号: '"\\\u2028' }],
      big: 1e300,
    })
    expect(await verify()).toBe('unbroken')
  })

  test('is one, whoever adds to it at once, and falls with its transaction', async () => {
    await openOrder(1)
    await Promise.all(Array.from({ length: 8 }, () => append(1)))
    expect((await readTrail(database.db, order(1))).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const failed = database.db.transaction().execute(async trx => {
      const by = { kind: 'service', job: 'test' } as const
      const rest = { from: null, to: null, why: '', detail: {} }
      await appendTrail(trx, { order: order(1), at: 0, by, act: 'note', ...rest }, TODAY)
      throw new Error('the act failed')
    })
    await expect(failed).rejects.toThrow('the act failed')
    expect(await readTrail(database.db, order(1))).toHaveLength(8)
    expect(await verify()).toBe('unbroken')
  })

  test('left to the clock, an entry is of today, and a day that is not over gets no anchor', async () => {
    await openOrder(1)
    const began = cityDate(Date.now())
    const by = { kind: 'service', job: 'test' } as const
    const entry = {
      order: order(1),
      at: Date.now(),
      by,
      act: 'note',
      from: null,
      to: null,
      why: '',
      detail: {},
    }
    await database.db.transaction().execute(trx => appendTrail(trx, entry))
    await anchorTrail(database.db)
    const ended = cityDate(Date.now())
    const day = (await rowsOf(1)).at(-1)?.day ?? ''
    expect(day >= began && day <= ended, `${began} ${day} ${ended}`).toBe(true)
    const anchors = await database.db.selectFrom('trail_anchors').select('day').execute()
    for (const anchor of anchors) expect(anchor.day < ended, anchor.day).toBe(true)
  })

  test.each(['order_trail', 'audit_log', 'trail_heads', 'trail_anchors'] as const)(
    'no row of %s is changed, taken away or emptied out',
    async table => {
      await chain(1, 1)
      await anchorTrail(database.db, TOMORROW)
      for (const statement of [
        sql`update ${sql.table(table)} set hash = hash`,
        sql`delete from ${sql.table(table)}`,
        sql`truncate ${sql.table(table)} cascade`,
      ]) {
        const column = table === 'trail_anchors' ? sql`update trail_anchors set digest = digest` : statement
        await expect(column.execute(database.db)).rejects.toThrow('append-only')
      }
    },
  )
})

describe('the audit log', () => {
  const audit = (subject: 'staff' | 'roles', key: string) =>
    database.db.transaction().execute(trx =>
      appendAudit(
        trx,
        {
          subject,
          key,
          by: { kind: 'staff', staff, name: '姓名a1001' },
          act: 'grant',
          why: '轮岗',
          detail: { role: 'dispatcher' },
        },
        TODAY,
      ),
    )

  test('has a chain for each subject, added to by many at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].flatMap(n => [audit('staff', `s${n}`), audit('roles', `r${n}`)]))
    const rows = await database.db
      .selectFrom('audit_log')
      .select(['subject', 'seq'])
      .orderBy('subject')
      .orderBy('seq')
      .execute()
    expect(rows.map(({ subject, seq }) => `${subject} ${seq}`)).toEqual(
      ['roles', 'staff'].flatMap(subject => [1, 2, 3, 4, 5].map(seq => `${subject} ${seq}`)),
    )
    expect(await anchorTrail(database.db, TOMORROW)).toBe(1)
    expect(await verify()).toBe('unbroken')
  })

  test.each([
    [
      'another key',
      sql`update audit_log set key = 'other' where subject = 'roles' and seq = 2`,
      'entry 2: changed',
    ],
    ['a row gone', sql`delete from audit_log where subject = 'roles' and seq = 2`, 'entry 2: missing'],
    [
      'the end gone',
      sql`delete from audit_log where subject = 'roles' and seq > 1`,
      'entries 2 to 3: cut off',
    ],
    ['all of it gone', sql`delete from audit_log where subject = 'roles'`, 'entries 1 to 3: cut off'],
  ])('shows %s', async (_, statement, what) => {
    for (const key of ['a', 'b', 'c']) await audit('roles', key)
    await audit('staff', 'd')
    await anchorTrail(database.db, TOMORROW)
    await asSuperuser(statement)
    expect(await verify()).toBe(`audit log "roles", ${what}`)
  })
})

describe('what is done to a chain behind the triggers is named', () => {
  beforeEach(async () => {
    await chain(1, 2)
    await chain(2, 5)
    await chain(3, 2)
  })
  const where = (seq: number) => sql`where order_id = ${order(2)} and seq = ${seq}`
  const named = (what: string) => `order ${number(2)}, ${what}`

  test.each([
    ['at', sql`at = at + interval '1 microsecond'`],
    ['day', sql`day = '2020-01-01'`],
    ['actor_kind', sql`actor_kind = 'service', staff_id = null`],
    ['actor_name', sql`actor_name = '别人'`],
    ['act', sql`act = 'answer'`],
    ['from_status', sql`from_status = null`],
    ['to_status', sql`to_status = 'closed'`],
    ['why', sql`why = '改过'`],
    ['detail', sql`detail = jsonb_set(detail, '{units,1}', '"other"')`],
    ['prev_hash', sql`prev_hash = sha256('x')`],
    ['hash', sql`hash = sha256('x')`],
  ])('another %s', async (_, set) => {
    await asSuperuser(sql`update order_trail set ${set} ${where(3)}`)
    expect(await verify()).toBe(named('entry 3: changed'))
    expect(await verify(order(2))).toBe(named('entry 3: changed'))
    expect(await verify(order(1))).toBe('unbroken')
  })

  test('another person, and the first entry and the last', async () => {
    const other = await person(database.db, 'a1002')
    await asSuperuser(sql`update order_trail set staff_id = ${other} ${where(5)}`)
    expect(await verify()).toBe(named('entry 5: changed'))
    await asSuperuser(sql`update order_trail set why = 'x' ${where(1)}`)
    expect(await verify()).toBe(named('entry 1: changed'))
  })

  test('an entry that was given the hash that fits what it says now', async () => {
    await rewrite(2, 3, 3, '改过')
    expect(await verify()).toBe(named('entry 3: changed'))
  })

  test.each([1, 3, 4])('entry %i gone', async seq => {
    await asSuperuser(sql`delete from order_trail ${where(seq)}`)
    expect(await verify()).toBe(named(`entry ${seq}: missing`))
  })

  test('two entries gone from the middle', async () => {
    await asSuperuser(sql`delete from order_trail ${where(2)}`, sql`delete from order_trail ${where(3)}`)
    expect(await verify()).toBe(named('entries 2 to 3: missing'))
  })

  test('two entries that changed places', async () => {
    await asSuperuser(
      sql`update order_trail set seq = 99 ${where(3)}`,
      sql`update order_trail set seq = 3 ${where(4)}`,
      sql`update order_trail set seq = 4 ${where(99)}`,
    )
    expect(await verify()).toBe(named('entry 3: out of order'))
  })

  test('an entry gone and the others moved up', async () => {
    await asSuperuser(
      sql`delete from order_trail ${where(3)}`,
      sql`update order_trail set seq = 3 ${where(4)}`,
      sql`update order_trail set seq = 4 ${where(5)}`,
    )
    expect(await verify()).toBe(named('entry 3: out of order'))
  })

  test("an entry that was another order's", async () => {
    await asSuperuser(sql`delete from order_trail ${where(5)}`)
    await asSuperuser(
      sql`update order_trail set order_id = ${order(2)}, seq = 5 where order_id = ${order(3)} and seq = 2`,
    )
    expect(await verify()).toBe(named('entry 5: changed'))
  })
})

describe('what hashes alone cannot show, the anchors do', () => {
  /** Order 2 has its entries 1 and 2 on the first day, 3 to 5 on the second, 6 on one that is not over. */
  beforeEach(async () => {
    await chain(1, 1)
    await chain(2, 2)
    expect(await anchorTrail(database.db, TOMORROW)).toBe(1)
    for (let i = 0; i < 3; i += 1) await append(2)
    await chain(3, 2)
    expect(await anchorTrail(database.db, daysAfter(TODAY, 2))).toBe(1)
    await append(2)
  })
  const named = (what: string) => `order ${number(2)}, ${what}`

  test('all is well, and anchoring again adds nothing', async () => {
    expect((await rowsOf(2)).map(({ day }) => day)).toEqual([
      ...[TODAY, TODAY, TOMORROW, TOMORROW, TOMORROW],
      daysAfter(TODAY, 2),
    ])
    expect(await anchorTrail(database.db, daysAfter(TODAY, 2))).toBe(0)
    const { broken, ...found } = await verifyTrail(database.db, () => {})
    const [, last] = await database.db.selectFrom('trail_anchors').selectAll().orderBy('day').execute()
    expect([broken, found]).toEqual([
      null,
      { entries: 9, through: TOMORROW, digest: last?.digest.toString('hex') },
    ])
  })

  test('missed days are caught up, one anchor each, also when two sweeps run at once', async () => {
    await append(1)
    const end = daysAfter(TODAY, 9)
    const [one, two] = await Promise.all([anchorTrail(database.db, end), anchorTrail(database.db, end)])
    expect(one + two).toBe(7)
    const anchors = await database.db
      .selectFrom('trail_anchors')
      .select(['day', 'heads'])
      .orderBy('day')
      .execute()
    expect(anchors.map(({ day }) => day)).toEqual(
      Array.from({ length: 9 }, (_, index) => daysAfter(TODAY, index)),
    )
    expect(anchors.map(({ heads }) => heads)).toEqual([2, 2, 2, 0, 0, 0, 0, 0, 0])
    expect(await verify()).toBe('unbroken')
  })

  test('the end cut off', async () => {
    await asSuperuser(sql`delete from order_trail where order_id = ${order(2)} and seq >= 4`)
    expect(await verify()).toBe(named('entries 4 to 5: cut off'))
    expect(await verify(order(2))).toBe(named('entries 4 to 5: cut off'))
  })

  test.each([1, 2, 3])('all that was done to order %i gone', async n => {
    const { length } = (await rowsOf(n)).filter(({ day }) => day < daysAfter(TODAY, 2))
    await asSuperuser(sql`delete from order_trail where order_id = ${order(n)}`)
    const which = length === 1 ? 'entry 1' : `entries 1 to ${length}`
    expect(await verify()).toBe(`order ${number(n)}, ${which}: cut off`)
  })

  test('the order gone with its trail', async () => {
    await asSuperuser(
      sql`delete from order_trail where order_id = ${order(3)}`,
      sql`delete from work_orders where id = ${order(3)}`,
    )
    expect(await verify()).toBe(`order ${order(3)}, entries 1 to 2: cut off`)
  })

  test('an entry rewritten with all hashes after it', async () => {
    await rewrite(2, 2, 6, '改过')
    expect(await verify()).toBe(named('entries 1 to 2: changed'))
  })

  test('entries of the second day rewritten with all hashes after them', async () => {
    await rewrite(2, 4, 6, '改过')
    expect(await verify()).toBe(named('entries 3 to 5: changed'))
  })

  test('the entry after an anchored head rewritten', async () => {
    const [, , third] = await rowsOf(2)
    if (third === undefined) throw new Error('no third entry')
    const changed = { ...third, prev_hash: Buffer.alloc(32) }
    const hash = linkHash(orderLink(changed, String(third.at.getTime() * 1_000)))
    await asSuperuser(sql`
      update order_trail set prev_hash = ${changed.prev_hash}, hash = ${hash}
      where order_id = ${order(2)} and seq = 3`)
    expect(await verify()).toBe(named('entry 3: changed'))
  })

  test('an entry that was put into a day that is over', async () => {
    const [first] = await rowsOf(1)
    if (first === undefined) throw new Error('no entry')
    const added = { ...first, seq: 2, prev_hash: first.hash }
    const hash = linkHash(orderLink(added, String(first.at.getTime() * 1_000)))
    await database.db
      .insertInto('order_trail')
      .values({ ...added, detail: JSON.stringify(added.detail), hash })
      .execute()
    expect(await verify()).toBe(`order ${number(1)}, entry 2: added after its day was anchored`)
  })

  test.each([
    [
      'a head changed',
      sql`update trail_heads set hash = sha256('x') where day = ${TODAY}`,
      `${TODAY}: changed`,
    ],
    ['a head gone', sql`delete from trail_heads where chain = ${order(3)}`, `${TOMORROW}: changed`],
    [
      'a digest changed',
      sql`update trail_anchors set digest = sha256('x') where day = ${TODAY}`,
      `${TODAY}: changed`,
    ],
    [
      'its time changed',
      sql`update trail_anchors set at = at - interval '1 hour' where day = ${TODAY}`,
      `${TODAY}: changed`,
    ],
    ['the first anchor gone', sql`delete from trail_anchors where day = ${TODAY}`, `${TODAY}: missing`],
    ['the last anchor gone', sql`delete from trail_anchors where day = ${TOMORROW}`, `${TOMORROW}: missing`],
  ])('%s', async (_, statement, what) => {
    await asSuperuser(statement)
    expect(await verify()).toBe(`anchor of ${what}`)
  })

  test('the first day gone with its heads and its trail', async () => {
    await asSuperuser(
      sql`delete from trail_anchors where day = ${TODAY}`,
      sql`delete from trail_heads where day = ${TODAY}`,
    )
    expect(await verify()).toBe(`anchor of ${TODAY}: missing`)
  })

  test('an anchor in the middle gone with its heads', async () => {
    await anchorTrail(database.db, daysAfter(TODAY, 3))
    await asSuperuser(
      sql`delete from trail_anchors where day = ${TOMORROW}`,
      sql`delete from trail_heads where day = ${TOMORROW}`,
    )
    expect(await verify()).toBe(`anchor of ${TOMORROW}: missing`)
  })
})

/** Whole chains at once, as they would have been added one by one. */
async function manyChains(lengths: ReadonlyMap<WorkOrderId, number>): Promise<void> {
  for (const [id, length] of lengths) {
    const rows: OrderTrailRow[] = []
    for (let seq = 1; seq <= length; seq += 1) {
      const row = {
        ...{
          order_id: id,
          seq,
          at: new Date(seq),
          day: TODAY,
          actor_kind: 'service' as const,
          staff_id: null,
        },
        ...{ actor_name: 'test', act: 'note', from_status: null, to_status: null, why: '', detail: { seq } },
        prev_hash: rows.at(-1)?.hash ?? null,
      }
      rows.push({ ...row, hash: linkHash(orderLink(row, String(seq * 1_000))) })
    }
    const values = rows.map(row => ({ ...row, detail: JSON.stringify(row.detail) }))
    await database.db.insertInto('order_trail').values(values).execute()
  }
}

test('many chains and long ones pass through page by page', async () => {
  const lengths = new Map<WorkOrderId, number>()
  for (let n = 0; n < 2_100; n += 1) lengths.set(asId(randomUUID()), n % 700 === 0 ? 1_500 : 1)
  const orders = [...lengths.keys()].map((id, n) => ({
    ...{ id, number: String(n).padStart(18, '0'), status: 'draft' as const, caller_number: '' },
    ...{ opened_by: staff, opened_at: new Date() },
  }))
  await database.db.insertInto('work_orders').values(orders).execute()
  await manyChains(lengths)
  await anchorTrail(database.db, TOMORROW)
  const told: string[] = []
  const found = await verifyTrail(database.db, (part, done) => told.push(`${part} ${done}`))
  expect(found).toMatchObject({ entries: 2_097 + 3 * 1_500, broken: null })
  expect(told).toEqual(['orders 5000'])
  const last = [...lengths.keys()].sort().at(-1)
  await asSuperuser(sql`update order_trail set why = 'x' where order_id = ${last} and seq = 1`)
  const { broken } = await verifyTrail(database.db, () => {})
  expect(broken).toMatchObject({ order: last, seq: 1, what: 'changed' })
})

describe('npm run audit:verify', () => {
  const script = new URL('../../scripts/audit-verify.ts', import.meta.url).pathname
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [script, ...args], {
      env: { ...process.env, HOTLINE_DATABASE_URL: database.url },
    }).then(
      ({ stdout }) => ({ code: 0, told: stdout }),
      error => ({ code: error.code, told: `${error.stdout}${error.stderr}` }),
    )

  test('says that all is well, or which link is the first that is not, and exports a chain', async () => {
    await chain(1, 2)
    await chain(2, 3)
    await anchorTrail(database.db, TOMORROW)
    const well = await run()
    expect([well.code, well.told]).toEqual([0, expect.stringContaining('5 entries')])
    expect(well.told).toMatch(new RegExp(`anchored through ${TODAY}: [0-9a-f]{64}\nunbroken\n$`))
    await asSuperuser(sql`update order_trail set why = 'x' where order_id = ${order(2)} and seq = 2`)
    const broken = await run()
    expect([broken.code, broken.told]).toEqual([
      1,
      expect.stringContaining(`broken: order ${number(2)}, entry 2: changed\n`),
    ])
    expect((await run('--order', number(1))).code).toBe(0)
    expect(await run('--order', '123')).toEqual({ code: 2, told: 'there is no order 123\n' })
    expect((await run('--export', 'x.json')).code).toBe(2)
    const folder = await mkdtemp(join(tmpdir(), 'hotline-evidence-'))
    const file = join(folder, 'chain.json')
    expect((await run('--order', number(2), '--export', file)).code).toBe(1)
    const { entries, heads, anchors, ...rest } = JSON.parse(await readFile(file, 'utf8'))
    await rm(folder, { recursive: true })
    expect(rest).toEqual({ format: 'order-trail/1', number: number(2), orderId: order(2) })
    expect(entries.map(({ seq, fits }: { seq: number; fits: boolean }) => [seq, fits])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
    expect(heads).toMatchObject([{ day: TODAY, seq: 3, hash: entries[2].hash }])
    expect(anchors).toMatchObject([{ day: TODAY, heads: 2, prevDigest: null }])
  })
})
