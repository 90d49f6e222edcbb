import { MINUTE_MS } from '#kernel/time.ts'
import type { CenterSnapshot } from '../contact-center/center.ts'

/** A restart reads this many events in well under a second. */
const LONG = 20_000

interface ShortenableJournal {
  readonly length: number
  compact(snapshot: CenterSnapshot): void
}

/**
 * Begins the journal anew when it is long, and at the end. Only while every fact it holds is in PostgreSQL:
 * facts can be told again from events, not from a snapshot.
 * @returns a function that stops it
 */
export function keepJournalShort(
  journal: ShortenableJournal,
  center: { snapshot(): CenterSnapshot },
  facts: { readonly behind: number },
): () => void {
  const shorten = (than: number) => {
    if (journal.length > than && facts.behind === 0) journal.compact(center.snapshot())
  }
  const timer = setInterval(() => shorten(LONG), MINUTE_MS)
  return () => {
    clearInterval(timer)
    shorten(0)
  }
}
