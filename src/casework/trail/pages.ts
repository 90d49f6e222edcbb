import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { StoredLink } from './chain.ts'
import type { Head } from './link.ts'
import { auditLink, orderLink } from './store.ts'

/** Millions of rows pass through, so many at a time are in memory. */
const PAGE = 2_000

/** Microseconds, since a Date would pass over a change of less than a millisecond. */
const AT = sql<number>`(extract(epoch from at) * 1000000)::bigint`.as('at_us')

export type Book = Head['book']

/**
 * All entries of a book, chain by chain, in order.
 * @param chain only this one
 */
export function linksOf(db: Kysely<Database>, book: Book, chain: string | null): AsyncGenerator<StoredLink> {
  return book === 'orders' ? orderLinks(db, chain) : auditLinks(db, chain)
}

async function* orderLinks(db: Kysely<Database>, order: string | null): AsyncGenerator<StoredLink> {
  yield* paged<StoredLink>(async last => {
    const rows = await db
      .selectFrom('order_trail')
      .selectAll()
      .select(AT)
      .where(after(sql`(order_id, seq)`, last && [sql`${last.chain}::uuid`, sql`${last.seq}`]))
      .where(order === null ? sql<boolean>`true` : sql<boolean>`order_id = ${order}::uuid`)
      .orderBy('order_id')
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    return rows.map(row => ({ ...orderLink(row, String(row.at_us)), hash: row.hash }))
  })
}

async function* auditLinks(db: Kysely<Database>, subject: string | null): AsyncGenerator<StoredLink> {
  yield* paged<StoredLink>(async last => {
    const rows = await db
      .selectFrom('audit_log')
      .selectAll()
      .select(AT)
      .where(after(sql`(subject, seq)`, last && [sql`${last.chain}`, sql`${last.seq}`]))
      .where(subject === null ? sql<boolean>`true` : sql<boolean>`subject = ${subject}`)
      .orderBy('subject')
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    return rows.map(row => ({ ...auditLink(row, String(row.at_us)), hash: row.hash }))
  })
}

/** The heads that a day's anchor is over, in the order in which it digests them. */
export async function* headsOfDay(db: Kysely<Database>, day: string): AsyncGenerator<Head> {
  yield* paged<Head>(last =>
    db
      .selectFrom('trail_heads')
      .selectAll()
      .where('day', '=', day)
      .where(after(sql`(book, chain)`, last && [sql`${last.book}`, sql`${last.chain}`]))
      .orderBy('book')
      .orderBy('chain')
      .limit(PAGE)
      .execute(),
  )
}

/** The heads of a book, chain by chain, in order, as far as anchors go. */
export async function* headsOfBook(
  db: Kysely<Database>,
  book: Book,
  chain: string | null,
  through: string | null,
): AsyncGenerator<Head> {
  if (through === null) return
  yield* paged<Head>(last =>
    db
      .selectFrom('trail_heads')
      .selectAll()
      .where('book', '=', book)
      .where('day', '<=', through)
      .where(chain === null ? sql<boolean>`true` : sql<boolean>`chain = ${chain}`)
      .where(after(sql`(chain, seq)`, last && [sql`${last.chain}`, sql`${last.seq}`]))
      .orderBy('chain')
      .orderBy('seq')
      .limit(PAGE)
      .execute(),
  )
}

function after(columns: RawBuilder<unknown>, last: readonly RawBuilder<unknown>[] | null) {
  return last === null ? sql<boolean>`true` : sql<boolean>`${columns} > (${sql.join(last)})`
}

async function* paged<Row>(read: (last: Row | null) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  let last: Row | null = null
  for (;;) {
    const page: readonly Row[] = await read(last)
    yield* page
    if (page.length < PAGE) return
    last = page.at(-1) ?? null
  }
}
