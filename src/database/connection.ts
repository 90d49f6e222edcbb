import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Database } from './types.ts'

/** How long the service is willing to wait for PostgreSQL. A silent one is given up within seconds. */
export const DATABASE_LIMITS = {
  /** One process of this service; PostgreSQL's own default allows 100 from all. */
  maxConnections: 10,
  /** To connect, or to get a connection out of a busy pool. */
  connectMs: 3_000,
  /** PostgreSQL cancels a longer statement; every query here reads a page or writes a row. */
  statementMs: 4_000,
  /** The answer has not come: PostgreSQL, or the network, is silent. Longer than the above, so that it speaks first. */
  answerMs: 5_000,
  /** A transaction left open by a process that hangs must not hold its locks for ever. */
  idleInTransactionMs: 15_000,
} as const

export interface OpenDatabase {
  readonly db: Kysely<Database>
  close(): Promise<void>
}

/**
 * Opens the pool; nothing is connected before the first query.
 * @param onLost told of connections that broke; the pool replaces them by itself
 */
export function openDatabase(
  url: string,
  onLost: (error: Error) => void,
  limits: Partial<Record<keyof typeof DATABASE_LIMITS, number>> = {},
): OpenDatabase {
  const limit = { ...DATABASE_LIMITS, ...limits }
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'hotline',
    max: limit.maxConnections,
    connectionTimeoutMillis: limit.connectMs,
    statement_timeout: limit.statementMs,
    query_timeout: limit.answerMs,
    idle_in_transaction_session_timeout: limit.idleInTransactionMs,
    keepAlive: true,
    types: { getTypeParser },
  })
  // The pool listens to idle connections only: one that breaks while in use would end the process.
  pool.on('connect', client => client.on('error', onLost))
  // … and would tell of idle ones a second time.
  pool.on('error', () => {})
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: withoutSilentOnes(pool) }) })
  return {
    db,
    async close() {
      await db.destroy()
      if (!pool.ended) await pool.end()
    },
  }
}

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)

/**
 * A connection whose answer did not come in time is thrown away instead of handed to the next query, which
 * would queue up behind the first: after a silent network no old connection ever answers again.
 */
function withoutSilentOnes(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const wrapped = known.get(client) ?? watched(client)
      known.set(client, wrapped)
      return wrapped
    },
    end: () => pool.end(),
  }
}

function watched(client: pg.PoolClient): PostgresPoolClient {
  let silence: unknown = null
  async function query(sql: string, parameters: readonly unknown[]) {
    if (silence !== null) throw new Error('this connection fell silent earlier', { cause: silence })
    try {
      return await client.query(sql, [...parameters])
    } catch (error) {
      if (!isAnswer(error)) silence = error
      throw error
    }
  }
  return {
    // Kysely's other signature takes a cursor, which nothing here configures.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(silence !== null),
  }
}

/** An error of the statement. One of the connection (class 08), or a last word before hanging up (57P), is none. */
function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? '')
}
