import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '#database/types.ts'
import type { StaffId } from '#kernel/ids.ts'
import type { NoticePage, NoticeQuery } from './schema.ts'
import { countUnread, NOTICE_LIMITS, noticesOf } from './store.ts'

export async function noticePage(
  db: Kysely<Database>,
  staff: StaffId,
  { unread, before }: Static<typeof NoticeQuery>,
): Promise<NoticePage> {
  const found = await noticesOf(db, staff, {
    unreadOnly: unread === 'true',
    before: before === undefined ? null : Number(before),
    after: null,
    // One more than is shown tells whether there are others before.
    most: NOTICE_LIMITS.page + 1,
  })
  const items = found.slice(0, NOTICE_LIMITS.page)
  const next = found.length > items.length ? String(items.at(-1)?.id) : null
  return { items, unread: await countUnread(db, staff), next }
}
