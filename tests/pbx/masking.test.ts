import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { BindingCall, BindingView } from '../../src/casework/masking/schema.ts'
import { Agent } from '../support/agent.ts'
import { expectCalledInTurn, expectHidden, phoneOf, secretOrder } from '../support/masked.ts'
import type { SippRun } from '../support/sipp.ts'
import { type OutsidePhone, Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'
import { readWire } from '../support/wire.ts'

/** A citizen asks for secrecy; the unit reaches them all the same, and neither line ever carries the other's number. */

const CITIZEN = '13876543210'
/** The demo city's traffic police. */
const UNIT = 'jiaojing'
const ACCESS = '12300'

let phones: Telephones
let handler: Agent
let order: string
let unitPhone: string

beforeAll(async () => {
  phones = await Telephones.open({ HOTLINE_WRAP_UP_MS: '1000', HOTLINE_MASK_ACCESS_NUMBER: ACCESS })
  order = await secretOrder(phones, { from: CITIZEN, unit: UNIT })
  handler = await Agent.signIn(phones.floor.stack, UNIT)
  unitPhone = await phoneOf(phones.floor, UNIT)
})
afterAll(async () => {
  handler?.close()
  await phones?.close()
})
afterEach(() => phones.clear())

async function binding(): Promise<BindingView & { readonly short: string }> {
  const { items } = await handler.get<{ items: BindingView[] }>(`/api/work-orders/${order}/bindings`)
  const [made] = items
  if (made === undefined || made.short === null) throw new Error('no short number')
  return { ...made, short: made.short }
}

async function calls(): Promise<readonly BindingCall[]> {
  const { id } = await binding()
  return (await handler.get<{ items: BindingCall[] }>(`/api/bindings/${id}/calls`)).items
}

/** The call that came last, when it is over. */
async function lastCall(before: number): Promise<BindingCall> {
  return await until(async () => {
    const found = await calls()
    return found.length > before && found[0]?.result !== 'running' ? found[0] : undefined
  }, 30_000)
}

describe('a handler dials the short number from the unit’s telephone', () => {
  test('both speak, it is recorded, and each line carries nobody’s number but its own and 12345', async () => {
    const before = (await calls()).length
    const outside = await phones.outside('outside-asks-anew.xml')
    const { short } = await binding()
    const unit = await phones.citizen(unitPhone, short, 'caller-asks-anew.xml')
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    expect(outside.invites()).toMatch(new RegExp(`^INVITE sip:${CITIZEN}@`, 'm'))
    await bothAskAnew(unit, outside)
    await unit.hangUp()
    const call = await lastCall(before)
    expect(call).toMatchObject({ from: 'unit', result: 'talked', reason: null, by: null })
    expectHidden(readWire(unit.wire()), CITIZEN)
    expectHidden(readWire(outside.wire()), unitPhone)
    expectHidden(readWire(outside.wire()), short)
    await until(async () => (await calls())[0]?.recording === 'ready', 60_000)
    // A handler hears only what they began themselves from the page.
    expect((await calls())[0]?.mayHear).toBe(false)
    expect((await handler.ask('GET', `/api/calls/${call.call}/recording`)).ok).toBe(false)
  })

  test('it is the order’s first contact, once', async () => {
    const contacts = async () =>
      (
        await phones.floor.db.query("select 1 from order_trail where order_id = $1 and act = 'contact'", [
          order,
        ])
      ).rows
    await until(async () => (await contacts()).length === 1)
  })
})

test('the citizen dials the short number: the unit’s telephone rings, and sees 12345', async () => {
  const before = (await calls()).length
  const outside = await phones.outside('outside-asks-anew.xml')
  const citizen = await phones.citizen(CITIZEN, (await binding()).short, 'caller-asks-anew.xml')
  await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
  expect(outside.invites()).toMatch(new RegExp(`^INVITE sip:${unitPhone}@`, 'm'))
  await bothAskAnew(citizen, outside)
  await citizen.hangUp()
  expect(await lastCall(before)).toMatchObject({ from: 'citizen', result: 'talked' })
  expectHidden(readWire(citizen.wire()), unitPhone)
  expectHidden(readWire(outside.wire()), CITIZEN)
})

test('a citizen who calls 12345 is offered the unit and takes it', async () => {
  const before = (await calls()).length
  const outside = await phones.outside('outside-answers.xml')
  const citizen = await phones.citizen(CITIZEN, '12345')
  await phones.untilSaid('citizen', 'mask-offer')
  phones.press('1')
  await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
  expectHidden(readWire(citizen.wire()), unitPhone)
  expectHidden(readWire(outside.wire()), CITIZEN)
  await outside.hangUp()
  expect(await lastCall(before)).toMatchObject({ from: 'citizen', result: 'talked' })
})

test('a handler keys the short number behind the access line', async () => {
  const before = (await calls()).length
  const outside = await phones.outside('outside-answers.xml')
  const unit = await phones.citizen(unitPhone, ACCESS)
  await phones.untilSaid('citizen', 'mask-key-short-number')
  phones.press(`${(await binding()).short}#`)
  await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
  await unit.hangUp()
  expect(await lastCall(before)).toMatchObject({ from: 'unit', result: 'talked' })
  expectHidden(readWire(unit.wire()), CITIZEN)
  expectHidden(readWire(outside.wire()), unitPhone)
})

test('a handler asks on the page: the own telephone rings first, then the citizen’s', async () => {
  const before = (await calls()).length
  const outside = await phones.outside('outside-answers.xml', ['outside', 'citizen'])
  const { id } = await binding()
  const begun = await handler.ask('POST', `/api/bindings/${id}/call`, { phone: unitPhone })
  expect(begun.status, await begun.clone().text()).toBe(202)
  await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
  await outside.hangUp()
  const call = await lastCall(before)
  expect(call).toMatchObject({ from: 'unit', result: 'talked', by: expect.any(String), mayHear: true })
  expectCalledInTurn(outside.wire(), { unit: unitPhone, citizen: CITIZEN })
})

describe('who is not put through hears why', () => {
  test.each([
    ['an unbound short number', '95999', 'mask-unbound'],
    ['a stranger', null, 'mask-not-registered'],
  ] as const)('%s', async (_, unbound, prompt) => {
    const run = await phones.citizen('13900001111', unbound ?? (await binding()).short)
    await phones.untilSaid('citizen', prompt)
    await run.done
  })

  test('the citizen is engaged', async () => {
    await phones.outsideRefuses('486 Busy Here')
    const run = await phones.citizen(unitPhone, (await binding()).short)
    await phones.untilSaid('citizen', 'mask-busy')
    await run.done
  })

  test('the binding was ended meanwhile; the talk that ran by it goes on', async () => {
    const outside = await phones.outside('outside-answers.xml')
    const unit = await phones.citizen(unitPhone, (await binding()).short)
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    const { id, version, short } = await binding()
    // The unit's handlers may not end what secrecy made; the hotline's may.
    const lead = await Agent.signIn(phones.floor.stack, 'dispatcher')
    const ended = await lead.ask(
      'POST',
      `/api/bindings/${id}/end`,
      { reason: '测试' },
      { 'if-match': `"${version}"` },
    )
    expect(ended.status, await ended.clone().text()).toBe(200)
    await phones.untilHeard({ citizen: ['outside'], outside: ['citizen'] })
    await unit.hangUp()
    await until(() => outside.wire().includes('BYE'))
    await phones.clear()
    const late = await phones.citizen(unitPhone, short)
    await phones.untilSaid('citizen', 'mask-expired')
    await late.done
    lead.close()
  })
})

test('neither number stands where the other side could read it', async () => {
  const citizen = [CITIZEN, CITIZEN.slice(3)]
  // What the handler's browser is given, from every door that the order has.
  for (const path of ['', '/case', '/timeline', '/bindings', '/related']) {
    const text = await (await handler.ask('GET', `/api/work-orders/${order}${path}`)).text()
    for (const digits of citizen) expect(text, path).not.toContain(digits)
  }
  // Whatever is written down of masked calls, save the records that exist to know numbers.
  const { rows: tables } = await phones.floor.db.query(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  )
  const knowing = new Set([
    'citizens',
    'citizen_numbers',
    'work_orders',
    'order_search',
    'units',
    'calls',
    'screen_pops',
  ])
  const found: string[] = []
  for (const { table_name: name } of tables) {
    const { rows } = await phones.floor.db.query(`select 1 from "${name}" t where t::text like $1 limit 1`, [
      `%${CITIZEN}%`,
    ])
    if (rows.length > 0 && !knowing.has(name)) found.push(name)
  }
  expect(found).toEqual([])
  const { rows: masked } = await phones.floor.db.query("select * from calls where direction = 'masked'")
  expect(masked.length).toBeGreaterThan(3)
  for (const digits of [...citizen, unitPhone]) expect(JSON.stringify(masked)).not.toContain(digits)
  // Recordings are named after nobody.
  const { dataDir } = phones.floor.stack.config
  const files = readdirSync(dataDir, { recursive: true }).map(String)
  expect(files.filter(file => file.includes(CITIZEN) || file.includes(unitPhone))).toEqual([])
  const logs = files
    .filter(file => file.endsWith('.log'))
    .map(file => readFileSync(join(dataDir, file), 'utf8'))
  expect(logs.join('').length).toBeGreaterThan(1_000)
  for (const log of logs) for (const digits of citizen) expect(log).not.toContain(digits)
})

async function bothAskAnew(first: SippRun, second: OutsidePhone): Promise<void> {
  const answered = (wire: string) =>
    readWire(wire).filter(({ received, what }) => received && what === '200').length
  const [was, had] = [answered(first.wire()), answered(second.wire())]
  await first.hangUp()
  await second.askAnew()
  await until(() => answered(first.wire()) > was && answered(second.wire()) > had)
}
