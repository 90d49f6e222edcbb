import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AnnouncementFolder } from '../../src/adapters/speech/announcement-folder.ts'
import { readWav } from '../../src/adapters/speech/wav.ts'
import { checkTree } from '../../src/contact-center/ivr/check.ts'
import { enterTree, LONGEST_ANNOUNCEMENT_MS } from '../../src/contact-center/ivr/walk.ts'
import { Ivr, ivrRoutes, liveTrees } from '../../src/floor/ivr/index.ts'
import { asId, type LineNumber, type QueueId } from '../../src/kernel/ids.ts'
import { audioTool } from '../support/audio-tools.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'

/** Real espeak-ng and sox, in a folder of its own. */

const log = pino({ level: 'silent' })
let database: TestDatabase
let service: Service
let folder: string
let lead: Browser
let admin: Browser
let agent: Browser

const tools = () => ({ espeak: audioTool('espeak-ng'), sox: audioTool('sox') })
const announcementsIn = (path: string) => new AnnouncementFolder(path, tools(), LONGEST_ANNOUNCEMENT_MS)
const ivrIn = (announcements: AnnouncementFolder) =>
  new Ivr({ db: database.db, check: checkTree, announcements, log })

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'announcements-'))
  await oneLine(database.db)
  await person(database.db, 'lead', 'shift-lead')
  await person(database.db, 'admin', 'admin')
  await person(database.db, 'a1001')
  const ivr = ivrIn(announcementsIn(folder))
  service = await startService(database.db, { rooms: [ivrRoutes({ db: database.db, ivr })] })
  lead = await Browser.signIn(service, 'lead')
  admin = await Browser.signIn(service, 'admin')
  agent = await Browser.signIn(service, 'a1001')
})
afterAll(async () => {
  await service.close()
  await database.close()
  await rm(folder, { recursive: true })
})

const said = (text: string, recording: string | null = null) => ({ zh: { text, recording } })
const MENU = {
  name: '主菜单',
  kind: 'menu',
  says: said('咨询请按1，投诉请按2'),
  keys: { 1: 'agent', 2: 'agent' },
  waitMs: 5_000,
  repeat: 0,
  silence: null,
}
const DRAFT = {
  start: 'hello',
  nodes: {
    hello: { name: '欢迎', kind: 'play', says: said('您好，这里是12345'), next: 'menu' },
    menu: MENU,
    agent: { name: '人工', kind: 'queue', says: {}, queue: null },
  },
}
const BROKEN = {
  start: 'hello',
  nodes: { ...DRAFT.nodes, menu: { ...MENU, keys: { 1: 'agent', 2: 'gone' }, says: {} } },
}
const first = (version: number) => ({ 'if-match': `"${version}"` })
const PUBLISH = { note: '第一版', goLive: true }

async function begun(draft: object = DRAFT, name = '总机'): Promise<string> {
  const made = await lead.ask('POST', '/api/ivr', { name, draft })
  expect(made.status).toBe(201)
  return made.body.id
}

describe('a draft', () => {
  test('is kept, broken or not, and saved over the version that was edited', async () => {
    const id = await begun(BROKEN)
    const read = await agent.ask('GET', `/api/ivr/${id}`)
    expect(read.headers.etag).toBe('"1"')
    expect(read.body).toMatchObject({ name: '总机', draft: BROKEN, version: 1, latest: null, changed: true })
    const saved = await admin.ask('PUT', `/api/ivr/${id}`, { name: '新名', draft: DRAFT }, first(1))
    expect(saved).toMatchObject({ status: 200, body: { name: '新名', version: 2, savedByName: '姓名admin' } })
    const late = await lead.ask('PUT', `/api/ivr/${id}`, { name: '总机', draft: DRAFT }, first(1))
    expect(late).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
    const none = '/api/ivr/00000000-0000-7000-8000-000000000000'
    expect((await lead.ask('PUT', none, { name: '无', draft: DRAFT }, first(1))).status).toBe(404)
  })

  test('takes only nodes that can be drawn', async () => {
    const nodes = { hello: { ...DRAFT.nodes.hello, kind: 'dance' } }
    const wrong = await lead.ask('POST', '/api/ivr', { name: '错', draft: { start: 'hello', nodes } })
    expect(wrong).toMatchObject({ status: 400, body: { code: 'bad-input' } })
  })

  test('is checked as it stands, each problem with its node', async () => {
    const { body } = await lead.ask('POST', '/api/ivr/check', BROKEN)
    expect(body.problems).toEqual([
      { node: 'menu', at: '2', problem: 'unknown-target' },
      { node: 'menu', at: 'says', problem: 'nothing-said' },
    ])
    expect((await lead.ask('POST', '/api/ivr/check', DRAFT)).body.problems).toEqual([])
    const agentOf = (queue: string) => ({ ...DRAFT.nodes, agent: { ...DRAFT.nodes.agent, queue } })
    const unknown = await lead.ask('POST', '/api/ivr/check', { start: 'hello', nodes: agentOf('nowhere') })
    expect(unknown.body.problems).toEqual([{ node: 'agent', at: 'queue', problem: 'unknown-queue' }])
    const known = await lead.ask('POST', '/api/ivr/check', { start: 'hello', nodes: agentOf('general') })
    expect(known.body.problems).toEqual([])
  })
})

test('who does not run the floor changes nothing', async () => {
  const id = await begun()
  const replies = [
    await agent.ask('POST', '/api/ivr', { name: '我的', draft: DRAFT }),
    await agent.ask('PUT', `/api/ivr/${id}`, { name: '我的', draft: DRAFT }, first(1)),
    await agent.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1)),
    await agent.ask('POST', `/api/ivr/${id}/restore`, { version: 1 }, first(1)),
    await agent.ask('PUT', '/api/ivr/lines/12345', { tree: null }),
    await agent.ask('GET', '/api/ivr/speech?language=zh&text=a'),
  ]
  expect(replies.map(reply => [reply.status, reply.body.code])).toEqual(
    replies.map(() => [403, 'not-allowed']),
  )
  expect((await upload(agent, await spoken())).statusCode).toBe(403)
})

describe('publishing', () => {
  test('a broken tree is refused, its nodes named', async () => {
    const id = await begun(BROKEN)
    const refused = await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    expect(refused).toMatchObject({ status: 400, body: { code: 'bad-input' } })
    expect(refused.body.fields).toEqual({
      'nodes.menu.2': 'unknown-target',
      'nodes.menu.says': 'nothing-said',
    })
    expect((await lead.ask('GET', `/api/ivr/${id}/versions`)).body).toEqual([])
  })

  test('a whole one becomes a version, with sounds of the telephone’s form', async () => {
    const id = await begun()
    const made = await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    expect(made).toMatchObject({
      status: 201,
      body: { version: 1, note: '第一版', publishedByName: '姓名lead', lines: [] },
    })
    expect((await lead.ask('GET', `/api/ivr/${id}`)).body).toMatchObject({ latest: 1, changed: false })
    const { tree } = await database.db
      .selectFrom('ivr_versions')
      .select('tree')
      .where('tree_id', '=', id)
      .executeTakeFirstOrThrow()
    const { do: what } = enterTree(tree, true)
    const sound = what.do === 'play' ? what.prompts[0]?.replace('announcement-', '') : ''
    const wav = await service.app.inject({
      url: `/api/ivr/sounds/${sound}`,
      headers: { cookie: lead.cookie },
    })
    expect(wav.headers['content-type']).toBe('audio/wav')
    const form = readWav(wav.rawPayload)
    expect(form).toMatchObject({ sampleRate: 8_000, channels: 1 })
    expect(form?.durationMs).toBeGreaterThan(1_500)
  })

  test('is of the draft that was seen', async () => {
    const id = await begun()
    await admin.ask('PUT', `/api/ivr/${id}`, { name: '总机', draft: DRAFT }, first(1))
    const late = await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    expect(late).toMatchObject({ status: 412, body: { code: 'changed-meanwhile' } })
  })

  test('words that cannot be spoken, and a recording that is not there, are refused with the node', async () => {
    const nodes = {
      ...DRAFT.nodes,
      hello: { ...DRAFT.nodes.hello, says: said('。。。') },
      menu: { ...MENU, says: said('', '0'.repeat(32)) },
    }
    const id = await begun({ start: 'hello', nodes })
    const refused = await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    expect(refused.body.fields).toEqual({
      'nodes.hello.says.zh': 'silent',
      'nodes.menu.says.zh': 'no-recording',
    })
    const toolless = ivrIn(
      new AnnouncementFolder(folder, { espeak: join(folder, 'none'), sox: join(folder, 'none') }, 60_000),
    )
    const words = await begun({
      start: 'hello',
      nodes: { ...DRAFT.nodes, hello: { ...DRAFT.nodes.hello, says: said('没有说过的话') } },
    })
    const { id: member } = await database.db
      .selectFrom('staff')
      .select('id')
      .where('login', '=', 'lead')
      .executeTakeFirstOrThrow()
    const staff = { id: member, login: 'lead', name: '', role: 'shift-lead' as const, agentNumber: null }
    expect(await toolless.publish(staff, words, 1, PUBLISH)).toMatchObject({
      refusal: { code: 'bad-input', fields: { 'nodes.hello.says.zh': 'cannot-be-made' } },
    })
  })

  test('what is published stays as it is, whoever asks', async () => {
    for (const change of [sql`update ivr_versions set note = 'x'`, sql`delete from ivr_versions`]) {
      await expect(change.execute(database.db)).rejects.toThrow(/kept as it is/)
    }
  })
})

describe('versions', () => {
  test('are listed, read, and brought back into the draft', async () => {
    const id = await begun()
    await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    const shorter = { start: 'agent', nodes: { agent: DRAFT.nodes.agent } }
    await lead.ask('PUT', `/api/ivr/${id}`, { name: '总机', draft: shorter }, first(1))
    expect((await lead.ask('GET', `/api/ivr/${id}`)).body.changed).toBe(true)
    await admin.ask('POST', `/api/ivr/${id}/publish`, { note: '直达', goLive: false }, first(2))
    const { body } = await agent.ask('GET', `/api/ivr/${id}/versions`)
    expect(body.map(({ version, note }: { version: number; note: string }) => [version, note])).toEqual([
      [2, '直达'],
      [1, '第一版'],
    ])
    expect((await agent.ask('GET', `/api/ivr/${id}/versions/1`)).body.drawing).toEqual(DRAFT)
    expect((await agent.ask('GET', `/api/ivr/${id}/versions/3`)).status).toBe(404)
    const restored = await lead.ask('POST', `/api/ivr/${id}/restore`, { version: 1 }, first(2))
    expect(restored).toMatchObject({
      status: 200,
      body: { draft: DRAFT, version: 3, latest: 2, changed: true },
    })
  })
})

describe('lines', () => {
  test('have none by default, then a version; a new one when it goes live; an old one when asked', async () => {
    const line = async () => (await agent.ask('GET', '/api/ivr/lines')).body[0]
    expect(await line()).toEqual({ number: '12345', name: '便民热线', tree: null })
    const id = await begun()
    const unpublished = await lead.ask('PUT', '/api/ivr/lines/12345', { tree: { id, version: 1 } })
    expect(unpublished).toMatchObject({ status: 400, body: { fields: { tree: 'unknown' } } })
    await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    await lead.ask('PUT', '/api/ivr/lines/12345', { tree: { id, version: 1 } })
    expect((await line()).tree).toEqual({ id, name: '总机', version: 1 })
    await lead.ask('POST', `/api/ivr/${id}/publish`, { note: '后备', goLive: false }, first(1))
    expect((await line()).tree.version).toBe(1)
    await lead.ask('POST', `/api/ivr/${id}/publish`, { note: '上线', goLive: true }, first(1))
    expect((await line()).tree.version).toBe(3)
    const live = (await liveTrees(database.db)).get(asId<LineNumber>('12345'))
    expect(live).toMatchObject({ id, version: 3, start: 'hello' })
    expect((await lead.ask('GET', `/api/ivr/${id}`)).body.lines).toEqual([
      { number: '12345', name: '便民热线', version: 3 },
    ])

    const moved = await mkdtemp(join(tmpdir(), 'announcements-'))
    await ivrIn(announcementsIn(moved)).makeLiveSounds()
    expect(await readdir(moved)).toHaveLength(2)
    await rm(moved, { recursive: true })

    expect(
      (await lead.ask('PUT', '/api/ivr/lines/12345', { tree: { id, version: 1 } })).body.tree.version,
    ).toBe(1)
    await lead.ask('PUT', '/api/ivr/lines/12345', { tree: null })
    expect(await line()).toMatchObject({ tree: null })
    expect((await lead.ask('PUT', '/api/ivr/lines/99999', { tree: null })).status).toBe(404)
  })

  test('lead to the queue that another line has now', async () => {
    const other = { name: '本号', kind: 'line', says: {}, line: '12345' }
    const id = await begun({ start: 'other', nodes: { other } })
    await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    await lead.ask('PUT', '/api/ivr/lines/12345', { tree: { id, version: 1 } })
    const live = (await liveTrees(database.db)).get(asId<LineNumber>('12345'))
    expect(live && enterTree(live, true).do).toEqual({ do: 'to-line', line: '12345', queue: 'general' })
  })

  test('are not given a version whose queue has gone', async () => {
    await database.db
      .insertInto('queues')
      .values({ id: asId('brief'), name_zh: '短', name_en: 'Brief' })
      .execute()
    const agentNode = { ...DRAFT.nodes.agent, queue: 'brief' }
    const id = await begun({ start: 'agent', nodes: { agent: agentNode } })
    await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))
    await database.db.deleteFrom('queues').where('id', '=', asId<QueueId>('brief')).execute()
    const refused = await lead.ask('PUT', '/api/ivr/lines/12345', { tree: { id, version: 1 } })
    expect(refused).toMatchObject({ status: 400, body: { fields: { 'nodes.agent.queue': 'unknown-queue' } } })
  })
})

async function spoken(): Promise<Buffer> {
  const reply = await service.app.inject({
    url: `/api/ivr/speech?language=yue&text=${encodeURIComponent('你好，请按1')}`,
    headers: { cookie: lead.cookie },
  })
  expect(reply.statusCode).toBe(200)
  return reply.rawPayload
}

function upload(browser: Browser, body: Buffer, type = 'audio/wav') {
  return service.app.inject({
    method: 'POST',
    url: `/api/ivr/recordings?name=${encodeURIComponent('局长录音.wav')}`,
    headers: { cookie: browser.cookie, 'content-type': type },
    payload: body,
  })
}

describe('sounds', () => {
  test('words are heard before they are published, in each voice', async () => {
    for (const [language, text] of [
      ['zh', '您好'],
      ['yue', '你好'],
      ['en', 'Hello'],
    ] as const) {
      const reply = await service.app.inject({
        url: `/api/ivr/speech?language=${language}&text=${encodeURIComponent(text)}`,
        headers: { cookie: lead.cookie },
      })
      expect(readWav(reply.rawPayload)?.durationMs).toBeGreaterThan(500)
    }
  })

  test('a city’s own recording is taken in by its content, and said instead of the words', async () => {
    const kept = await upload(lead, await spoken())
    expect(kept.statusCode).toBe(201)
    expect(kept.json()).toMatchObject({ name: '局长录音.wav', durationMs: expect.any(Number) })
    expect((await agent.ask('GET', '/api/ivr/recordings')).body).toEqual([kept.json()])
    const hello = { ...DRAFT.nodes.hello, says: said('', kept.json().id) }
    const id = await begun({ start: 'hello', nodes: { ...DRAFT.nodes, hello } })
    expect((await lead.ask('POST', `/api/ivr/${id}/publish`, PUBLISH, first(1))).status).toBe(201)
  })

  test('what is no wav, or too large, is not', async () => {
    const text = await upload(lead, Buffer.from('RIFF, they say'))
    expect(text.json()).toMatchObject({ code: 'bad-input', fields: { recording: 'not-a-wav' } })
    expect((await upload(lead, Buffer.from('x'), 'audio/mpeg')).statusCode).toBe(415)
    expect((await upload(lead, Buffer.alloc(13 * 1024 * 1024))).statusCode).toBe(413)
  })
})
