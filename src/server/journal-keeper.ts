import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts'
import type { CenterSnapshot } from '../contact-center/center.ts'

/** It says which keys callers pressed, PINs among them, and is kept for a restart alone: never long. */
const OLD_MS = HOUR_MS
/** A restart reads this many events in well under a second. */
const LONG = 20_000

interface ShortenableJournal {
  readonly length: number
  compact(snapshot: CenterSnapshot): void
}

/**
 * Begins the journal anew when it is long or old, and at the end. Only while every fact it holds is in PostgreSQL:
 * facts can be told again from events, not from a snapshot.
 * @returns a function that stops it
 */
export function keepJournalShort(
  journal: ShortenableJournal,
  center: { snapshot(): CenterSnapshot },
  facts: { readonly behind: number },
): () => void {
  let age = 0
  const shorten = (than: number) => {
    if (journal.length <= than || facts.behind > 0) return
    journal.compact(center.snapshot())
    age = 0
  }
  const timer = setInterval(() => {
    age += MINUTE_MS
    shorten(age >= OLD_MS ? 0 : LONG)
  }, MINUTE_MS)
  return () => {
    clearInterval(timer)
    shorten(0)
  }
}
