import { setTimeout as delay } from 'node:timers/promises'
import { CompiledQuery, type Transaction } from 'kysely'
import pg from 'pg'
import PgBoss from 'pg-boss'
import type { Database } from './types.ts'

/** Durable work: a job is done at least once, whatever process dies meanwhile. Its handler must be idempotent. */
export interface JobQueue<Data extends object> {
  readonly name: string
  /** How often a failing job is tried again, each wait twice the one before, from 1–2 s on. */
  readonly retries: number
  /** A job of a process that died is given to another after this long. */
  readonly expireInSeconds: number
  /** Jobs with one key are one job as long as none of them has begun. */
  keyOf(data: Data): string
}

/** The part that fact handlers and sweeps need. */
export interface JobSender {
  /**
   * Stores a job inside the caller's transaction: both are there or neither is.
   * @returns false when a job with this key was waiting already
   */
  send<Data extends object>(
    trx: Transaction<Database>,
    queue: JobQueue<Data>,
    data: Data,
    afterSeconds?: number,
  ): Promise<boolean>
}

const POLL_MS = 500
/** Each worker asks for one connection at a time; two more for maintenance and for starting up. */
const CONNECTIONS = 6

/**
 * The jobs of all rooms, in the schema `jobs` (pg-boss keeps its tables by itself). The workers are ours: those
 * of pg-boss 10 do not wait for `complete`, and a PostgreSQL that goes away at that moment would end the process.
 */
export class Jobs implements JobSender {
  private boss: PgBoss
  private readonly pool: pg.Pool
  private readonly onError: (error: Error) => void
  private readonly stopping = new AbortController()
  private readonly workers: Promise<void>[] = []

  /** @param onError told when PostgreSQL fails; work goes on by itself. Handlers log their own failures. */
  constructor(url: string, onError: (error: Error) => void) {
    this.onError = onError
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: 'hotline-jobs',
      max: CONNECTIONS,
      connectionTimeoutMillis: 3_000,
      query_timeout: 30_000,
      keepAlive: true,
    })
    this.pool.on('error', onError)
    this.boss = this.newBoss()
  }

  /** Creates what is missing in PostgreSQL. Throws when it is away; may be called again then. */
  async start(queues: readonly JobQueue<never>[]): Promise<void> {
    try {
      await this.boss.start()
    } catch (error) {
      // One that failed to start takes itself for started.
      this.boss = this.newBoss()
      throw error
    }
    for (const queue of queues) await this.boss.createQueue(queue.name, { name: queue.name, policy: 'short' })
  }

  async send<Data extends object>(
    trx: Transaction<Database>,
    queue: JobQueue<Data>,
    data: Data,
    afterSeconds = 0,
  ): Promise<boolean> {
    const id = await this.boss.send(queue.name, data, {
      db: {
        executeSql: (text, values) => trx.executeQuery<unknown>(CompiledQuery.raw(text, values)).then(rowsOf),
      },
      singletonKey: queue.keyOf(data),
      startAfter: afterSeconds,
      retryLimit: queue.retries,
      retryDelay: 1,
      retryBackoff: true,
      expireInSeconds: queue.expireInSeconds,
    })
    return id !== null
  }

  /** Starts `workers` loops; each takes one job at a time. A handler that throws has its job tried again. */
  work<Data extends object>(
    queue: JobQueue<Data>,
    workers: number,
    handle: (data: Data) => Promise<void>,
  ): void {
    for (let i = 0; i < workers; i++) this.workers.push(this.loop(queue, handle))
  }

  /** Waits for the jobs in hand. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.all(this.workers)
    await this.boss.stop({ graceful: false })
    await this.pool.end()
  }

  private newBoss(): PgBoss {
    const db = { executeSql: (text: string, values?: unknown[]) => this.execute(text, values) }
    return new PgBoss({ db, schema: 'jobs', schedule: false }).on('error', this.onError)
  }

  private async loop<Data extends object>(queue: JobQueue<Data>, handle: (data: Data) => Promise<void>) {
    const { signal } = this.stopping
    while (!signal.aborted) {
      // Answers with no job when PostgreSQL does not answer.
      const [job] = await this.boss.fetch<Data>(queue.name)
      if (job === undefined) await delay(POLL_MS, undefined, { signal }).catch(() => undefined)
      else await this.handle(queue, job, handle).catch(this.onError)
    }
  }

  private async handle<Data extends object>(
    queue: JobQueue<Data>,
    job: PgBoss.Job<Data>,
    handle: (data: Data) => Promise<void>,
  ): Promise<void> {
    try {
      await handle(job.data)
    } catch (error) {
      return await this.boss.fail(queue.name, job.id, { message: String(error) })
    }
    await this.boss.complete(queue.name, job.id)
  }

  /** pg-boss opens transactions in one string: a connection on which something failed may still be in one. */
  private async execute(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    const client = await this.pool.connect()
    let failed = true
    try {
      const result = await client.query(text, values)
      failed = false
      return result
    } finally {
      client.release(failed)
    }
  }
}

function rowsOf(result: { readonly rows: readonly unknown[] }): { rows: unknown[] } {
  return { rows: [...result.rows] }
}
