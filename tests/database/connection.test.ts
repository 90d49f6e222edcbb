import { connect, createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#database/connection.ts'
import { Postgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

let postgres: Postgres
let network: Server
let url: string
/** Whether a connection still carries anything: a machine between that died tells nobody. */
const alive = new Map<Socket, boolean>()

beforeAll(async () => {
  postgres = await Postgres.start()
  network = createServer(near => {
    alive.set(near, true)
    const far = connect(postgres.socket)
    const pass = (to: Socket) => (data: Buffer) => {
      if (alive.get(near)) to.write(data)
    }
    near.on('data', pass(far)).on('close', () => far.destroy())
    far.on('data', pass(near)).on('close', () => near.destroy())
    near.on('error', () => {})
    far.on('error', () => {})
  })
  await new Promise<void>(resolve => network.listen(0, '127.0.0.1', resolve))
  const address = network.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  url = `postgresql://hotline@127.0.0.1:${address.port}/postgres`
})
afterAll(async () => {
  for (const socket of alive.keys()) socket.destroy()
  network.close()
  await postgres.remove()
})

test('a connection that fell silent is given up in time and replaced, though it never closes', async () => {
  const limits = { maxConnections: 2, answerMs: 300, statementMs: 200 }
  const { db, close } = openDatabase(url, () => {}, limits)
  const ask = () => sql`select 1`.execute(db)
  await Promise.all([ask(), ask()])
  for (const socket of alive.keys()) alive.set(socket, false)
  const silent = await Promise.allSettled([
    ask(),
    db.transaction().execute(trx => sql`select 1`.execute(trx)),
  ])
  expect(silent.map(result => result.status)).toEqual(['rejected', 'rejected'])
  await expect(Promise.all([ask(), ask(), ask()])).resolves.toHaveLength(3)
  await close()
})

test('a busy pool makes one wait, not for ever', async () => {
  const { db, close } = openDatabase(postgres.url('postgres'), () => {}, {
    maxConnections: 1,
    connectMs: 200,
  })
  await db.connection().execute(async () => {
    await expect(sql`select 1`.execute(db)).rejects.toThrow(/timeout/)
  })
  await sql`select 1`.execute(db)
  await close()
})

test('a statement that takes too long is ended by PostgreSQL itself', async () => {
  const { db, close } = openDatabase(postgres.url('postgres'), () => {}, { statementMs: 100 })
  await expect(sql`select pg_sleep(60)`.execute(db)).rejects.toThrow(/statement timeout/)
  await close()
})

test('a connection that breaks in the middle of its use is told of, replaced, and does not end the process', async () => {
  const lost: string[] = []
  const { db, close } = openDatabase(postgres.url('postgres'), error => lost.push(error.message))
  const ask = () => sql`select 1`.execute(db)
  const broken = db.connection().execute(async held => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(held)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db)
    await until(() => lost.length > 0)
    await sql`select 1`.execute(held)
  })
  await expect(broken).rejects.toThrow()
  await expect(Promise.all(Array.from({ length: 12 }, ask))).resolves.toHaveLength(12)
  await close()
})

test('a connection that hangs up with its last word is not handed on', async () => {
  const { db, close } = openDatabase(postgres.url('postgres'), () => {}, { maxConnections: 1 })
  await expect(sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)).rejects.toThrow(/terminat/)
  await expect(sql`select 1`.execute(db)).resolves.toBeDefined()
  await close()
})
