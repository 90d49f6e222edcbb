import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AttachmentFolder } from '../../src/adapters/storage/attachment-folder.ts'
import {
  type AttachmentChange,
  attachmentRoutes,
  sweepAttachments,
} from '../../src/casework/attachments/index.ts'
import { readTrail } from '../../src/casework/trail/index.ts'
import type { WorkOrderId } from '../../src/kernel/ids.ts'
import { ok, refuse } from '../../src/kernel/outcome.ts'
import type { StaffMember } from '../../src/people/staff/index.ts'
import { attachmentDeps } from '../../src/server/cases.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { answeredCall, EVENING } from '../support/facts.ts'
import { docx, exifWithPlace, jpeg, mp4, png, zip } from '../support/files.ts'
import { Browser, oneLine, person, type Service, startService } from '../support/service.ts'
import { until } from '../support/until.ts'

const MIB = 1024 * 1024

let database: TestDatabase
let service: Service
let folder: string
let files: AttachmentFolder
let taker: Browser
let reader: Browser
let stranger: Browser
let orders: readonly WorkOrderId[]
const changes: AttachmentChange[] = []
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'hotline-attachments-'))
  files = new AttachmentFolder(folder)
  const { db } = database
  await oneLine(db)
  const may = (logins: readonly string[]) => async (member: StaffMember, order: WorkOrderId) => {
    if (!orders.includes(order)) return refuse('not-found')
    return logins.includes(member.login) ? ok(undefined) : refuse('not-allowed')
  }
  const wired = attachmentDeps(db, files)
  const room = attachmentRoutes({
    db,
    files,
    mayRead: may(['a8001', 'a8002']),
    mayAdd: may(['a8001']),
    async recorded(trx, change) {
      changes.push(change)
      await wired.recorded(trx, change)
    },
  })
  service = await startService(db, { rooms: [room] })
  const staff = await person(db, 'a8001')
  for (const login of ['a8002', 'a8003']) await person(db, login)
  const calls = [0, 1, 2, 3].map(i => answeredCall(staff, EVENING + i * 60_000))
  calls.flatMap(call => call.events).forEach((facts, i) => void service.facts.accept(i + 1, facts))
  await service.facts.flushed()
  orders = calls.map(call => call.draft)
  taker = await Browser.signIn(service, 'a8001')
  reader = await Browser.signIn(service, 'a8002')
  stranger = await Browser.signIn(service, 'a8003')
})
afterAll(async () => {
  await service.close()
  await database.close()
  await rm(folder, { recursive: true })
})

const path = (i: number) => `${service.url}/api/work-orders/${orders[i]}/attachments`

async function send(i: number, name: string, content: Buffer, type = '', by = taker) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], name, { type }))
  const reply = await fetch(path(i), { method: 'POST', body: form, headers: { cookie: by.cookie } })
  return { status: reply.status, body: await reply.json() }
}
const read = (i: number, id: string, by = taker) =>
  fetch(`${path(i)}/${id}`, { headers: { cookie: by.cookie } })
const list = async (i: number, by = taker) => {
  const reply = await fetch(path(i), { headers: { cookie: by.cookie } })
  return { status: reply.status, body: await reply.json() }
}
/** Everything below the folder that is a file. */
async function onDisk(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => entry.name)
}

test('a photo is kept under its digest and shown in the page, fenced in', async () => {
  const photo = jpeg(exifWithPlace())
  const added = await send(0, '现场照片.JPG', photo, 'image/jpeg')
  expect(added).toMatchObject({
    status: 200,
    body: {
      name: '现场照片.jpg',
      type: 'jpg',
      bytes: photo.length,
      addedByName: '姓名a8001',
      withdrawn: null,
    },
  })
  expect(changes.at(-1)).toMatchObject({ change: 'added', order: orders[0] })
  expect(await onDisk()).toContain(added.body.sha256)
  const reply = await read(0, added.body.id, reader)
  expect(Buffer.from(await reply.arrayBuffer()).equals(photo)).toBe(true)
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `inline; filename="attachment.jpg"; filename*=UTF-8''${encodeURIComponent('现场照片.jpg')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  })
})

test('all that is not a picture is downloaded', async () => {
  const kinds: readonly [string, Buffer, string][] = [
    ['证明.docx', docx(), ''],
    ['说明.txt', Buffer.from('第一行\r\n第二行'), 'text/plain'],
    ['视频.mp4', mp4(), 'video/mp4'],
    ['文件.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\nendobj\n%%EOF'), 'application/pdf'],
  ]
  for (const [name, content, type] of kinds) {
    const added = await send(0, name, content, type)
    expect(added.status, name).toBe(200)
    const reply = await read(0, added.body.id)
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(reply.headers.get('content-security-policy')).toContain('sandbox')
  }
})

test('what was sent twice, also at once, is there once', async () => {
  const photo = png()
  const replies = await Promise.all([1, 2, 3].map(n => send(1, `${n}.png`, photo)))
  expect(new Set(replies.map(reply => reply.body.id)).size).toBe(1)
  expect((await list(1)).body).toHaveLength(1)
})

test('who may not read the order sees nothing of it, who may not act on it adds nothing', async () => {
  const [first] = (await list(1)).body
  expect((await list(1, reader)).body).toHaveLength(1)
  expect((await list(1, stranger)).status).toBe(403)
  expect((await read(1, first.id, stranger)).status).toBe(403)
  expect((await send(1, 'a.png', png(exifWithPlace()), '', reader)).status).toBe(403)
  // Through another order it is not there.
  expect((await read(0, first.id)).status).toBe(404)
})

describe('nothing is left of', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  test.each([
    [
      'a page that calls itself a photo',
      'a.jpg',
      Buffer.from('<!doctype html><script>1</script>'),
      'image/jpeg',
      415,
    ],
    ['a page that calls itself a page', 'a.html', Buffer.from('<!doctype html><p>'), 'text/html', 415],
    ['a drawing with a script', 'a.svg', Buffer.from(svg), 'image/svg+xml', 415],
    [
      'a drawing that calls itself a photo',
      'a.png',
      Buffer.from(`<?xml version="1.0"?>${svg}`),
      'image/png',
      415,
    ],
    ['a photo that calls itself a program', 'a.jpg.exe', jpeg(), '', 415],
    ['a photo of another kind', 'a.png', jpeg(), 'image/png', 415],
    ['a program', 'a.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'image/jpeg', 415],
    ['a document with macros', 'a.docx', docx([], true), '', 415],
    ['an archive', 'a.docx', zip([{ name: 'a.txt', data: Buffer.from('a') }]), '', 415],
    ['nothing', 'a.jpg', Buffer.alloc(0), 'image/jpeg', 400],
    ['a text that is none', 'a.txt', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'text/plain', 415],
  ])('%s', async (_, name, content, type, status) => {
    const before = await onDisk()
    expect((await send(2, name, content, type)).status).toBe(status)
    expect(await onDisk()).toEqual(before)
    expect((await list(2)).body).toEqual([])
  })

  test('an upload that is cut off', async () => {
    const before = await onDisk()
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    const upload = request(path(2), {
      method: 'POST',
      headers: {
        cookie: taker.cookie,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 9_999_999,
      },
    })
    upload.on('error', () => {})
    upload.write(head)
    upload.write(Buffer.concat([jpeg(), Buffer.alloc(100_000)]))
    await until(async () => (await onDisk()).length > before.length)
    upload.destroy()
    await until(async () => (await onDisk()).length === before.length)
    expect((await list(2)).body).toEqual([])
  })

  test('a body that ends before its part does, or has no part', async () => {
    const before = await onDisk()
    const post = (body: string | Buffer, type = 'multipart/form-data; boundary=x') =>
      fetch(path(2), {
        method: 'POST',
        body: new Uint8Array(Buffer.from(body)),
        headers: { cookie: taker.cookie, 'content-type': type },
      })
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    expect((await post(Buffer.concat([Buffer.from(head), jpeg()]))).status).toBe(400)
    expect((await post('--x--\r\n')).status).toBe(400)
    expect((await post('{}', 'application/json')).status).toBe(400)
    expect(await onDisk()).toEqual(before)
  })
})

test('a name with a path leads nowhere', async () => {
  const added = await send(2, '../../../../tmp/pwned.png', png(exifWithPlace()))
  expect(added.body.name).toBe('pwned.png')
  for (const name of await onDisk()) expect(name).toMatch(/^[0-9a-f]{64}$/)
})

test('a document that would unpack to a quarter of a gigabyte is a small file like any other', async () => {
  const bomb = docx([{ name: 'word/media/a.bin', data: Buffer.alloc(256 * MIB) }])
  // The list of types itself as the bomb: whoever looks into it has to stop early.
  const typesBomb = zip([{ name: '[Content_Types].xml', data: Buffer.alloc(256 * MIB, ' ') }])
  expect(bomb.length).toBeLessThan(MIB)
  const before = process.memoryUsage.rss()
  const started = performance.now()
  expect((await send(2, 'a.docx', bomb)).status).toBe(200)
  expect((await send(2, 'b.docx', typesBomb)).status).toBe(415)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(process.memoryUsage.rss() - before).toBeLessThan(128 * MIB)
})

test('a file may be exactly as large as its type may, and not a byte larger', async () => {
  const photo = (bytes: number) => Buffer.concat([jpeg(), Buffer.alloc(bytes - jpeg().length)])
  expect((await send(2, 'a.jpg', photo(20 * MIB))).status).toBe(200)
  expect(await send(2, 'b.jpg', photo(20 * MIB + 1))).toMatchObject({
    status: 413,
    body: { code: 'attachment-too-large' },
  })
  const film = (bytes: number) => Buffer.concat([mp4(''), Buffer.alloc(bytes - mp4('').length)])
  expect((await send(2, 'a.mp4', film(50 * MIB))).status).toBe(200)
  expect((await send(2, 'b.mp4', film(50 * MIB + 1))).body.code).toBe('attachment-too-large')
  expect((await send(2, 'a.txt', Buffer.alloc(MIB, 'a'))).status).toBe(200)
  expect((await send(2, 'b.txt', Buffer.alloc(MIB + 1, 'a'))).status).toBe(415)
})

test('an order holds forty; withdrawn ones count', async () => {
  const photo = () => Buffer.concat([jpeg(), randomBytes(8)])
  const replies = await Promise.all(Array.from({ length: 44 }, (_, i) => send(3, `${i}.jpg`, photo())))
  const full = replies.filter(reply => reply.status !== 200)
  expect(full).toHaveLength(4)
  for (const { body } of full) expect(body.code).toBe('attachments-full')
  const [one] = (await list(3)).body
  await taker.ask('POST', `/api/work-orders/${orders[3]}/attachments/${one.id}/withdraw`, { reason: '重复' })
  expect((await send(3, 'a.jpg', photo())).body.code).toBe('attachments-full')
})

test('withdrawn is hidden from everybody, with a reason that stays', async () => {
  const withdraw = (id: string, reason: string, by = taker) =>
    by.ask('POST', `/api/work-orders/${orders[1]}/attachments/${id}/withdraw`, { reason })
  const [one] = (await list(1)).body
  expect((await withdraw(one.id, '无关', reader)).status).toBe(403)
  expect((await withdraw(one.id, '  ')).status).toBe(400)
  expect((await withdraw(one.id, '拍到无关人员')).body).toMatchObject({
    name: null,
    withdrawn: { byName: '姓名a8001', reason: '拍到无关人员' },
  })
  expect((await withdraw(one.id, '再来')).status).toBe(404)
  expect((await read(1, one.id)).status).toBe(404)
  expect((await list(1)).body).toMatchObject([{ id: one.id, name: null }])
  expect(changes.at(-1)).toMatchObject({ change: 'withdrawn' })
  // The same content may be added again, by whoever then stands for it.
  expect((await send(1, 'a.png', png())).body.id).not.toBe(one.id)
})

test('each is on the order’s trail, without its name', async () => {
  const [order] = orders.slice(1)
  if (order === undefined) throw new Error('no order')
  const trail = await readTrail(database.db, order)
  expect(trail.map(entry => [entry.act, entry.why])).toEqual([
    ['attach', ''],
    ['withdraw-attachment', '拍到无关人员'],
    ['attach', ''],
  ])
  expect(JSON.stringify(trail)).not.toContain('.png')
})

test('as the cases have it, readers read and those who act add', async () => {
  const { mayRead, mayAdd } = attachmentDeps(database.db, files)
  const [order] = orders.slice(1)
  if (order === undefined) throw new Error('no order')
  const member = async (login: string) => {
    const row = await database.db
      .selectFrom('staff')
      .selectAll()
      .where('login', '=', login)
      .executeTakeFirstOrThrow()
    return { ...row, agentNumber: row.agent_number }
  }
  await person(database.db, 'watcher', 'quality')
  await person(database.db, 'nobody', 'caseworker')
  const may = async (login: string) => {
    const who = await member(login)
    return [(await mayRead(who, order)).ok, (await mayAdd(who, order)).ok]
  }
  expect(await may('a8001')).toEqual([true, true])
  expect(await may('watcher')).toEqual([true, false])
  expect(await may('nobody')).toEqual([false, false])
})

test('the photos of a secret order do not tell where they were taken', async () => {
  const photo = jpeg(Buffer.concat([exifWithPlace(), Buffer.from('!')]))
  const place = exifWithPlace().subarray(-24)
  const { body } = await send(0, 'a.jpg', photo)
  const content = async () => Buffer.from(await (await read(0, body.id)).arrayBuffer())
  expect((await content()).includes(place)).toBe(true)
  await database.db
    .updateTable('work_orders')
    .set({ secret: true })
    .where('id', '=', orders[0] ?? null)
    .execute()
  const shown = await content()
  expect(shown.includes(place)).toBe(false)
  expect(shown.length).toBe(photo.length)
})

test('drafts of uploads that a crash cut short are swept', async () => {
  const { Readable } = await import('node:stream')
  const before = await onDisk()
  await files.receive(Readable.from([Buffer.from('half')]))
  expect(await onDisk()).toHaveLength(before.length + 1)
  await sweepAttachments(files, Date.now())
  expect(await onDisk()).toHaveLength(before.length + 1)
  await sweepAttachments(files, Date.now() + 2 * 60 * 60 * 1_000)
  expect(await onDisk()).toEqual(before)
})
