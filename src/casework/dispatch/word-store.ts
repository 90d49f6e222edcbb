import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import type { DispatchWords, WordLists } from './schema.ts'
import { URGENCIES, urgencyList } from './word-lists.ts'

/** All lists that have a word, and those of the urgencies; the words of each in one order. */
export async function readWords(db: Kysely<Database>): Promise<DispatchWords> {
  const { version } = await db.selectFrom('dispatch_words').select('version').executeTakeFirstOrThrow()
  const lists: Record<string, string[]> = Object.fromEntries([...URGENCIES.keys()].map(list => [list, []]))
  const add = (list: string, word: string) => {
    lists[list] = [...(lists[list] ?? []), word]
  }
  for (const row of await db.selectFrom('priority_words').selectAll().orderBy('word').execute()) {
    add(urgencyList(row), row.word)
  }
  for (const row of await db.selectFrom('category_words').selectAll().orderBy('word').execute()) {
    add(row.category_code, row.word)
  }
  return { version, lists }
}

/** As `readWords`; until the transaction ends nobody else changes them. */
export async function lockWords(trx: Transaction<Database>): Promise<DispatchWords> {
  await trx.selectFrom('dispatch_words').select('version').forUpdate().execute()
  return await readWords(trx)
}

/** Puts these lists in the place of those of their names; a word may move from one to another. */
export async function writeWords(
  trx: Transaction<Database>,
  version: number,
  change: WordLists,
): Promise<void> {
  for (const list of Object.keys(change)) {
    const urgency = URGENCIES.get(list)
    if (urgency === undefined) {
      await trx.deleteFrom('category_words').where('category_code', '=', list).execute()
    } else {
      const { priority, emergency } = urgency
      await trx
        .deleteFrom('priority_words')
        .where('priority', '=', priority)
        .where('emergency', 'is not distinct from', emergency)
        .execute()
    }
  }
  for (const [list, words] of Object.entries(change)) {
    const urgency = URGENCIES.get(list)
    if (words.length === 0) continue
    if (urgency === undefined) {
      const rows = words.map(word => ({ category_code: list, word }))
      await trx.insertInto('category_words').values(rows).execute()
    } else {
      const rows = words.map(word => ({ word, ...urgency }))
      await trx.insertInto('priority_words').values(rows).execute()
    }
  }
  await trx
    .updateTable('dispatch_words')
    .set({ version: version + 1 })
    .execute()
}
