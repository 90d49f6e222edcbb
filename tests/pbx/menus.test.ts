import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Agent } from '../support/agent.ts'
import type { Note } from '../support/floor.ts'
import { Telephones } from '../support/telephones.ts'
import { until } from '../support/until.ts'

/** A line's IVR as its callers meet it: drawn and published over HTTP, walked by keys (RFC 4733). */

const LINE = '12345'
const said = (text: string) => ({ zh: { text, recording: null } })
const DRAWING = {
  start: 'hello',
  nodes: {
    hello: { name: '欢迎语', kind: 'play', says: said('您好'), next: 'menu' },
    menu: {
      name: '主菜单',
      kind: 'menu',
      says: said('方言服务请按二，停水信息请按三，水务局请按四，人工服务请按零或稍候'),
      keys: { 2: 'dialect', 3: 'news', 4: 'bureau' },
      waitMs: 2_000,
      repeat: 0,
      silence: null,
    },
    dialect: { name: '方言', kind: 'queue', says: {}, queue: 'dialect' },
    news: { name: '停水信息', kind: 'hang-up', says: said('今天没有停水') },
    bureau: { name: '水务局', kind: 'outside', says: {}, number: '089868700001' },
  },
}

let phones: Telephones
let lead: Agent
let callers = 0
let caller = ''

beforeAll(async () => {
  phones = await Telephones.open()
  lead = await Agent.signIn(phones.floor.stack, 'lead')
  await publish()
})
afterAll(async () => {
  lead?.close()
  await phones?.close()
})
beforeEach(() => {
  callers += 1
  caller = `1387777000${callers}`
})
afterEach(() => phones.clear())

/** From draft to the line's callers, who meet it as soon as the lines have been read again. */
async function publish(): Promise<void> {
  const tree = await sent<{ id: string; version: number }>('POST', '/api/ivr', {
    name: '主线',
    draft: DRAWING,
  })
  const asEdited = { 'if-match': `"${tree.version}"` }
  const { version } = await sent<{ version: number }>(
    'POST',
    `/api/ivr/${tree.id}/publish`,
    { note: '首版', goLive: false },
    asEdited,
  )
  await sent('PUT', `/api/ivr/lines/${LINE}`, { tree: { id: tree.id, version } })
  for (let attempt = 0; ; attempt++) {
    const probe = `1387770000${attempt}`
    const citizen = await phones.citizen(probe, LINE)
    await until(async () => (await phones.floor.kindsOf(probe)).length > 2)
    const kinds = await phones.floor.kindsOf(probe)
    await citizen.hangUp()
    await phones.clear()
    if (kinds.includes('menu')) return
  }
}

async function sent<T>(method: string, path: string, body: object, headers = {}): Promise<T> {
  const reply = await lead.ask(method, path, body, headers)
  const text = await reply.text()
  expect(reply.ok, text).toBe(true)
  return JSON.parse(text) as T
}

/** Rings, and is at the menu. */
async function ring(): Promise<void> {
  await phones.citizen(caller, LINE)
  await until(async () => (await visited()).includes('menu'), 20_000)
}

async function notes(): Promise<readonly Note[]> {
  const call = await phones.floor.callFrom(caller)
  return call === undefined ? [] : await phones.floor.notesOf(call.id)
}

async function visited(): Promise<readonly unknown[]> {
  return (await notes()).filter(({ kind }) => kind === 'menu').map(({ detail }) => detail.node)
}

async function untilQueued(): Promise<Record<string, unknown>> {
  return await until(async () => (await notes()).find(({ kind }) => kind === 'queued')?.detail, 30_000)
}

test('a key over the prompt leads on, and the caller waits there with music', async () => {
  await ring()
  phones.press('2')
  expect(await untilQueued()).toMatchObject({ queue: 'dialect', reason: 'menu-chosen' })
  expect(await visited()).toEqual(['hello', 'menu', 'dialect'])
  await phones.untilHeard({ citizen: 'music' })
})

test('nobody is kept: 0, silence and the third wrong key lead to an agent', async () => {
  await ring()
  phones.press('0')
  expect(await untilQueued()).toMatchObject({ queue: 'general', reason: 'menu-zero' })

  caller = '13877771000'
  await ring()
  phones.press('8')
  await phones.untilSaid('citizen', 'wrong-key')
  phones.press('88')
  expect(await untilQueued()).toMatchObject({ queue: 'general', reason: 'menu-wrong-keys' })

  caller = '13877772000'
  await ring()
  expect(await untilQueued()).toMatchObject({ queue: 'general', reason: 'menu-silence' })
})

test('what there is to tell is told, and the call ends as a served one', async () => {
  await ring()
  phones.press('3')
  expect(await phones.floor.endedCall(caller)).toMatchObject({
    result: 'completed',
    reason: 'menu-goodbye',
    ended_by: 'system',
    queued_at: null,
  })
})

test('a department outside is called for the caller, who is not lost when it is busy', async () => {
  await phones.outsideRefuses('486 Busy Here')
  await ring()
  phones.press('4')
  await phones.untilSaid('citizen', 'transfer-failed')
  expect(await untilQueued()).toMatchObject({ queue: 'general', reason: 'transfer-failed' })
})
