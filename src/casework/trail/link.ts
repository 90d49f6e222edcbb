import { createHash, hash } from 'node:crypto'

/**
 * How the trail is hashed, so that another program can verify it.
 *
 * A fingerprint is SHA-256 over fields, one after the other. Each field is its length in bytes, unsigned 32 bits,
 * big-endian, then its bytes: text is UTF-8, a hash its 32 bytes. A field that is null is the length 0xFFFFFFFF alone.
 *
 * An entry's `hash` is the fingerprint of, in this order:
 *   order_trail  "order-trail/1", order_id, seq, at, day, actor_kind, staff_id, actor_name, act,
 *                from_status, to_status, why, detail, prev_hash
 *   audit_log    "audit-log/1", subject, seq, at, day, actor_kind, staff_id, actor_name, act,
 *                key, why, detail, prev_hash
 * Ids are lower-case text, `seq` is decimal and begins at 1, `at` is decimal microseconds since 1970 UTC, `day` is
 * YYYY-MM-DD, `detail` is canonical JSON (RFC 8785). `prev_hash` is the `hash` of the chain's entry before; null in
 * the first.
 *
 * An anchor's `digest` is the fingerprint of "trail-anchor/1", day, at, heads, the heads' digest, prev_digest. The
 * heads' digest is the fingerprint of book, chain, seq, hash of each of the day's rows in trail_heads, ordered by book
 * and chain as bytes; `heads` is their count, decimal. `prev_digest` is that of the day before; null in the first.
 */
export type Field = string | Buffer | null

/** One entry, of whichever book, as far as its chain goes. */
export interface Link {
  readonly tag: 'order-trail/1' | 'audit-log/1'
  /** The order's id, or the audit log's subject. */
  readonly chain: string
  readonly seq: number
  /** Microseconds since 1970 UTC. */
  readonly at: string
  readonly day: string
  /** The fields from `actor_kind` to `detail`. */
  readonly content: readonly (string | null)[]
  readonly prev: Buffer | null
}

/** @param seq the place in the chain, for asking whether the entry was made for another */
export function linkHash(link: Link, seq = link.seq): Buffer {
  const { tag, chain, at, day, content, prev } = link
  const framed = [tag, chain, String(seq), at, day, ...content, prev].map(frame)
  return hash('sha256', Buffer.concat(framed), 'buffer')
}

export interface Anchor {
  readonly day: string
  readonly at: string
  readonly heads: number
  readonly prev: Buffer | null
}

export function anchorDigest({ day, at, heads, prev }: Anchor, headsDigest: Buffer): Buffer {
  const framed = ['trail-anchor/1', day, at, String(heads), headsDigest, prev].map(frame)
  return hash('sha256', Buffer.concat(framed), 'buffer')
}

export interface Head {
  readonly book: 'audit' | 'orders'
  readonly chain: string
  readonly day: string
  readonly seq: number
  readonly hash: Buffer
}

/** The digest over a day's heads, which come in the order of book and chain. */
export class HeadsDigest {
  count = 0
  private readonly sha = createHash('sha256')

  add({ book, chain, seq, hash }: Head): void {
    this.count += 1
    for (const field of [book, chain, String(seq), hash]) this.sha.update(frame(field))
  }

  digest(): Buffer {
    return this.sha.digest()
  }
}

/** RFC 8785: members sorted by name as UTF-16 code units, no blanks, numbers as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, of]) => `${JSON.stringify(name)}:${canonicalJson(of)}`).join(',')}}`
}

function frame(field: Field): Buffer {
  if (field === null) return Buffer.from([0xff, 0xff, 0xff, 0xff])
  const bytes = typeof field === 'string' ? Buffer.from(field, 'utf8') : field
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
