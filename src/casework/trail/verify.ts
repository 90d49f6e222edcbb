import { type Kysely, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { WorkOrderId } from '#kernel/ids.ts'
import { asId } from '#kernel/ids.ts'
import { daysAfter } from '#kernel/time.ts'
import { ChainCheck, type Fault } from './chain.ts'
import { anchorDigest, type Head, HeadsDigest } from './link.ts'
import { type Book, headsOfBook, headsOfDay, linksOf } from './pages.ts'

export type Broken =
  | (Fault & { readonly in: 'orders'; readonly order: WorkOrderId; readonly number: string | null })
  | (Fault & { readonly in: 'audit'; readonly subject: string })
  /** A day's anchor does not fit its heads or the day before, or is not there. */
  | { readonly in: 'anchors'; readonly what: 'changed' | 'missing'; readonly day: string }

export interface Verified {
  readonly entries: number
  /** The last day that is anchored, and its digest in hexadecimal: noted elsewhere, it vouches for all before. */
  readonly through: string | null
  readonly digest: string | null
  /** The first that was found; nothing after it was looked at. */
  readonly broken: Broken | null
}

/** Told now and then. `of` is PostgreSQL's estimate of how many there are in all. */
export type Progress = (part: 'anchors' | Book, done: number, of: number) => void

const TELL_EVERY = 5_000

/**
 * Holds the anchors against the heads, then every chain against itself and the heads. Memory does not grow with the
 * chains, and the service may go on adding meanwhile.
 * @param only the anchors and this order's chain
 */
export async function verifyTrail(
  db: Kysely<Database>,
  progress: Progress,
  only: WorkOrderId | null = null,
): Promise<Verified> {
  const anchors = await verifyAnchors(db, counter(progress, 'anchors', await estimate(db, 'trail_heads')))
  const end = { through: anchors.through, digest: anchors.digest }
  if (anchors.broken !== null) return { ...end, entries: 0, broken: anchors.broken }
  let entries = 0
  for (const book of only === null ? (['audit', 'orders'] as const) : (['orders'] as const)) {
    const table = book === 'orders' ? 'order_trail' : 'audit_log'
    const count = counter(progress, book, only === null ? await estimate(db, table) : 0)
    const found = await verifyBook(db, book, only, anchors.through, count)
    entries += found.entries
    if (found.fault !== null) {
      return { ...end, entries, broken: await broken(db, book, found.chain, found.fault) }
    }
  }
  return { ...end, entries, broken: null }
}

/** In a sentence. */
export function describeBroken(broken: Broken): string {
  if (broken.in === 'anchors') return `anchor of ${broken.day}: ${broken.what}`
  const chain =
    broken.in === 'audit' ? `audit log "${broken.subject}"` : `order ${broken.number ?? broken.order}`
  const { seq, upTo, what } = broken
  return `${chain}, ${seq === upTo ? `entry ${seq}` : `entries ${seq} to ${upTo}`}: ${WHAT[what]}`
}

const WHAT: Readonly<Record<Fault['what'], string>> = {
  changed: 'changed',
  missing: 'missing',
  'out-of-order': 'out of order',
  'cut-off': 'cut off',
  added: 'added after its day was anchored',
}

interface AnchorsFound {
  readonly through: string | null
  readonly digest: string | null
  readonly broken: Broken | null
}

async function verifyAnchors(db: Kysely<Database>, count: () => void): Promise<AnchorsFound> {
  const anchors = await db
    .selectFrom('trail_anchors')
    .selectAll()
    .select(sql<number>`(extract(epoch from at) * 1000000)::bigint`.as('at_us'))
    .orderBy('day')
    .execute()
  const last = anchors.at(-1)
  const end = { through: last?.day ?? null, digest: last?.digest.toString('hex') ?? null }
  const wrong = (what: 'changed' | 'missing', day: string): AnchorsFound => ({
    ...end,
    broken: { in: 'anchors', what, day },
  })
  let before: (typeof anchors)[number] | null = null
  for (const anchor of anchors) {
    const { day, at_us, heads, prev_digest: prev } = anchor
    const due: string = before === null ? day : daysAfter(before.day, 1)
    if (day !== due) return wrong('missing', due)
    const found = new HeadsDigest()
    for await (const head of headsOfDay(db, day)) {
      found.add(head)
      count()
    }
    const digest = anchorDigest({ day, at: String(at_us), heads, prev }, found.digest())
    if (found.count !== heads || !digest.equals(anchor.digest)) return wrong('changed', day)
    if (before === null && prev !== null) return wrong('missing', daysAfter(day, -1))
    if (before !== null && prev?.equals(before.digest) !== true) return wrong('changed', before.day)
    before = anchor
  }
  const without = await headsWithoutAnchor(db, anchors[0]?.day ?? null, end.through)
  return without === null ? { ...end, broken: null } : wrong('missing', without)
}

/** Between the first anchor and the last every day has one; a day closed meanwhile has both its heads and its anchor. */
async function headsWithoutAnchor(
  db: Kysely<Database>,
  first: string | null,
  last: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from (
      select min(day) as day from trail_heads where ${first}::text is null or day < ${first}
      union all
      select min(day) from trail_heads where day > ${last}
    ) outside where not exists (select from trail_anchors where trail_anchors.day = outside.day)
  `.execute(db)
  return rows[0]?.day ?? null
}

type BookFound =
  | { readonly entries: number; readonly fault: null }
  | { readonly entries: number; readonly fault: Fault; readonly chain: string }

async function verifyBook(
  db: Kysely<Database>,
  book: Book,
  only: WorkOrderId | null,
  through: string | null,
  count: () => void,
): Promise<BookFound> {
  const heads = new ChainHeads(headsOfBook(db, book, only, through))
  let entries = 0
  let check: ChainCheck | null = null
  for await (const link of linksOf(db, book, only)) {
    if (check?.chain !== link.chain) {
      const ended = check?.end() ?? null
      if (check !== null && ended !== null) return { entries, fault: ended, chain: check.chain }
      const lost = await heads.before(link.chain)
      if (lost !== null) return { entries, fault: lost.fault, chain: lost.chain }
      check = new ChainCheck(link.chain, await heads.of(link.chain), through)
    }
    const fault = check.next(link)
    if (fault !== null) return { entries, fault, chain: link.chain }
    entries += 1
    count()
  }
  const ended = check?.end() ?? null
  if (check !== null && ended !== null) return { entries, fault: ended, chain: check.chain }
  const lost = await heads.before(null)
  return lost === null ? { entries, fault: null } : { entries, fault: lost.fault, chain: lost.chain }
}

/** The heads beside the entries: both come chain by chain, in the same order. */
class ChainHeads {
  private readonly heads: AsyncGenerator<Head>
  private ahead: Head | null = null
  private begun = false

  constructor(heads: AsyncGenerator<Head>) {
    this.heads = heads
  }

  /** @returns a chain that has heads and no entries, and comes before this one; before any, when null */
  async before(chain: string | null): Promise<{ readonly chain: string; readonly fault: Fault } | null> {
    const head = await this.peek()
    if (head === null || (chain !== null && head.chain >= chain)) return null
    const fault = new ChainCheck(head.chain, await this.of(head.chain), head.day).end()
    return fault === null ? null : { chain: head.chain, fault }
  }

  async of(chain: string): Promise<readonly Head[]> {
    const found: Head[] = []
    for (let head = await this.peek(); head?.chain === chain; head = await this.peek()) {
      found.push(head)
      this.ahead = await this.read()
    }
    return found
  }

  private async peek(): Promise<Head | null> {
    if (!this.begun) this.ahead = await this.read()
    this.begun = true
    return this.ahead
  }

  private async read(): Promise<Head | null> {
    const { value, done } = await this.heads.next()
    return done === true ? null : value
  }
}

async function broken(db: Kysely<Database>, book: Book, chain: string, fault: Fault): Promise<Broken> {
  if (book === 'audit') return { ...fault, in: 'audit', subject: chain }
  const order = asId<WorkOrderId>(chain)
  const row = await db.selectFrom('work_orders').select('number').where('id', '=', order).executeTakeFirst()
  return { ...fault, in: 'orders', order, number: row?.number ?? null }
}

function counter(progress: Progress, part: Parameters<Progress>[0], of: number): () => void {
  let done = 0
  return () => {
    done += 1
    if (done % TELL_EVERY === 0) progress(part, done, Math.max(of, done))
  }
}

async function estimate(db: Kysely<Database>, table: string): Promise<number> {
  const { rows } = await sql<{ about: number }>`
    select reltuples::bigint as about from pg_class where oid = ${table}::regclass
  `.execute(db)
  return rows[0]?.about ?? 0
}
