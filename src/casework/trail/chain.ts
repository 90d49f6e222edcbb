import { type Head, type Link, linkHash } from './link.ts'

/** How far around its place an entry that is no longer whole is tried, to tell moved from changed. */
const MOVED_WITHIN = 1_000

/** An entry with the hash that was stored with it. */
export interface StoredLink extends Link {
  readonly hash: Buffer
}

/**
 * What is wrong with entries `seq` to `upTo` of a chain. Entries that were rewritten together with all their hashes are
 * told by the next anchored head, so that the first of them may be any of several: all since the head before.
 */
export interface Fault {
  readonly what: 'changed' | 'missing' | 'out-of-order' | 'cut-off' | 'added'
  readonly seq: number
  readonly upTo: number
}

/** Holds one chain, entry by entry, against itself and against its anchored heads; the first fault is final. */
export class ChainCheck {
  readonly chain: string
  private readonly heads: readonly Head[]
  private readonly anchoredThrough: string | null
  private nextHead = 0
  private seq = 0
  private hash: Buffer | null = null
  private day = ''
  /** The last entry that an anchored head vouches for, with all before it. */
  private vouched = 0

  /**
   * @param heads those of this chain, by seq
   * @param anchoredThrough the last day that has an anchor; null while there is none
   */
  constructor(chain: string, heads: readonly Head[], anchoredThrough: string | null) {
    this.chain = chain
    this.heads = heads
    this.anchoredThrough = anchoredThrough
  }

  next(link: StoredLink): Fault | null {
    const { seq } = link
    if (seq !== this.seq + 1) return { what: 'missing', seq: this.seq + 1, upTo: seq - 1 }
    if (!linkHash(link).equals(link.hash)) return only(seq, wasMoved(link) ? 'out-of-order' : 'changed')
    if (!same(link.prev, this.hash)) return this.brokenBefore(seq)
    if (link.day < this.day) return only(seq, 'out-of-order')
    const fault = this.againstHead(link)
    this.seq = seq
    this.hash = link.hash
    this.day = link.day
    return fault
  }

  /** No entry comes any more. */
  end(): Fault | null {
    const last = this.heads.at(-1)
    if (last === undefined || last.seq <= this.seq) return null
    return { what: 'cut-off', seq: this.seq + 1, upTo: last.seq }
  }

  /** Each of two neighbours agrees with itself and not with the other: the earlier was rewritten, unless vouched for. */
  private brokenBefore(seq: number): Fault {
    return only(this.vouched === this.seq ? seq : this.seq, 'changed')
  }

  private againstHead({ seq, day, hash }: StoredLink): Fault | null {
    const head = this.heads[this.nextHead]
    if (head?.seq === seq) {
      if (head.day !== day || !head.hash.equals(hash)) {
        return { what: 'changed', seq: this.vouched + 1, upTo: seq }
      }
      this.nextHead += 1
      this.vouched = seq
      return null
    }
    const anchored = this.anchoredThrough !== null && day <= this.anchoredThrough
    return anchored && (head === undefined || head.day > day) ? only(seq, 'added') : null
  }
}

function only(seq: number, what: Fault['what']): Fault {
  return { what, seq, upTo: seq }
}

function same(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b)
}

/** The entry is whole, for another place in the chain. */
function wasMoved(link: StoredLink): boolean {
  for (let by = 1; by <= MOVED_WITHIN; by += 1) {
    if (linkHash(link, link.seq + by).equals(link.hash)) return true
    if (link.seq > by && linkHash(link, link.seq - by).equals(link.hash)) return true
  }
  return false
}
