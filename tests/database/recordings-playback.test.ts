import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asId, type CallId } from '#kernel/ids.ts'
import { Refused } from '#kernel/outcome.ts'
import type { StaffMember } from '../../src/people/staff/index.ts'
import { keepRecording, recordingRoutes, verifyRecordings } from '../../src/quality/recordings/index.ts'
import { RecordingBench } from '../support/recordings.ts'

let bench: RecordingBench
let app: FastifyInstance
let call: CallId
let bytes: Buffer
let etag: string
const logged: Record<string, unknown>[] = []

beforeAll(async () => {
  bench = await RecordingBench.open()
  call = await bench.waitingCall(3_000)
  await keepRecording(bench.deps(), call)
  etag = `"${(await bench.row(call)).sha256}"`
  app = await server()
  bytes = (await get('wang')).rawPayload
})
afterAll(async () => {
  await app.close()
  await bench.close()
})

/** The route behind a stand-in for the sign-in: the header names who asks. */
async function server(): Promise<FastifyInstance> {
  const people: Readonly<Record<string, StaffMember>> = {
    wang: { id: bench.agent, login: 'wang', name: '王', role: 'agent', agentNumber: null },
    li: {
      id: asId('0196f0a0-0000-7000-8000-00000000001b'),
      login: 'li',
      name: '李',
      role: 'agent',
      agentNumber: null,
    },
    zhao: { id: asId('c'), login: 'zhao', name: '赵', role: 'quality', agentNumber: null },
    sun: { id: asId('d'), login: 'sun', name: '孙', role: 'shift-lead', agentNumber: null },
    qian: { id: asId('e'), login: 'qian', name: '钱', role: 'admin', agentNumber: null },
  }
  const write = (line: string) => void logged.push(JSON.parse(line))
  const loggerInstance: FastifyBaseLogger = pino({ base: null }, { write })
  const instance = fastify({ loggerInstance })
  instance.decorateRequest('member', null)
  instance.addHook('onRequest', async request => {
    request.member = people[String(request.headers['x-who'])] ?? null
  })
  instance.setErrorHandler((error: Error & { statusCode?: number }, _, reply) =>
    error instanceof Refused
      ? reply.status(403).send({ code: error.refusal.code })
      : reply.status(error.statusCode ?? 500).send({ code: 'bad-input' }),
  )
  await instance.register(recordingRoutes({ db: bench.database.db, folder: bench.recordings }))
  return instance
}

function get(who: string, headers: Record<string, string> = {}, of = call, method: 'GET' | 'HEAD' = 'GET') {
  return app.inject({ method, url: `/api/calls/${of}/recording`, headers: { 'x-who': who, ...headers } })
}

describe('playback', () => {
  test('sends the whole file, named by its SHA-256', async () => {
    const answer = await get('wang')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      etag,
      'accept-ranges': 'bytes',
      'content-type': 'audio/ogg; codecs=opus',
      'cache-control': 'private, no-cache',
      'content-length': String(bytes.length),
    })
    expect(bytes.toString('latin1', 0, 4)).toBe('OggS')
    expect(bytes.length).toBe((await bench.row(call)).bytes)
  })

  test.each([
    ['bytes=100-199', 100, 200],
    ['bytes=100-', 100, undefined],
    ['bytes=-100', -100, undefined],
  ])('sends a range: %s', async (range, from, to) => {
    const answer = await get('wang', { range })
    expect(answer.statusCode).toBe(206)
    const part = bytes.subarray(from, to)
    const first = bytes.length - bytes.subarray(from).length
    expect(answer.rawPayload).toEqual(part)
    expect(answer.headers['content-range']).toBe(`bytes ${first}-${first + part.length - 1}/${bytes.length}`)
    expect(answer.headers.etag).toBe(etag)
  })

  test('refuses a range beyond the end, and tells the length', async () => {
    const answer = await get('wang', { range: `bytes=${bytes.length}-` })
    expect(answer.statusCode).toBe(416)
    expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`)
  })

  test('sends a range of the file that the listener knows, and all of another', async () => {
    const range = 'bytes=0-9'
    expect((await get('wang', { range, 'if-range': etag })).statusCode).toBe(206)
    const other = await get('wang', { range, 'if-range': '"another"' })
    expect(other.statusCode).toBe(200)
    expect(other.rawPayload).toEqual(bytes)
  })

  test('does not send what the listener has', async () => {
    const answer = await get('wang', { 'if-none-match': etag })
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([304, 0])
  })

  test('answers HEAD with the headers alone', async () => {
    const answer = await get('wang', {}, call, 'HEAD')
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, 0])
    expect(answer.headers).toMatchObject({ etag, 'content-length': String(bytes.length) })
  })

  test.each(['wang', 'zhao', 'sun', 'qian'])('%s may hear it', async who => {
    expect((await get(who)).statusCode).toBe(200)
  })

  test("another's call is not for an agent, and nothing is for a stranger", async () => {
    expect((await get('li')).json()).toEqual({ code: 'not-allowed' })
    expect((await get('nobody')).json()).toEqual({ code: 'not-signed-in' })
  })

  test('leaves a line in the log that names listener and call', async () => {
    logged.length = 0
    await get('zhao')
    await get('li')
    expect(logged.filter(line => line.msg === 'recording listened to')).toMatchObject([
      { call, listener: 'c' },
    ])
  })

  test('of a call that has none, or none yet', async () => {
    const waiting = await bench.waitingCall(3_000)
    expect((await get('wang', {}, waiting)).json()).toEqual({ code: 'recording-not-ready' })
    const { call: silent } = await bench.endedCall(0)
    expect((await get('wang', {}, silent)).json()).toEqual({ code: 'recording-not-ready' })
    expect((await get('zhao', {}, asId('0196f0a0-0000-7000-8000-0000deadbeef'))).json()).toEqual({
      code: 'not-found',
    })
  })
})

test('verification names what is missing or was changed', async () => {
  const { db } = bench.database
  const [changed, missing] = [await bench.waitingCall(1_000), await bench.waitingCall(1_000)]
  for (const each of [changed, missing]) await keepRecording(bench.deps(), each)
  const before = await verifyRecordings(db, bench.files)
  expect(before).toEqual({ checked: 3, wrong: [] })
  const fileOf = async (of: CallId) => (await bench.row(of)).file_name ?? ''
  await writeFile(join(bench.recordings, await fileOf(changed)), 'other sound')
  await rm(join(bench.recordings, await fileOf(missing)))
  expect((await verifyRecordings(db, bench.files)).wrong).toEqual([
    { call: changed, fileName: await fileOf(changed), what: 'changed' },
    { call: missing, fileName: await fileOf(missing), what: 'missing' },
  ])
})
