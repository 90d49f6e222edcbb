import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '#database/types.ts'
import type { BindingId } from '#kernel/ids.ts'
import { ok, refuse } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import type { Right } from '../cases/rights.ts'
import type { AttachmentDeps, AttachmentFiles } from '../casework/attachments/index.ts'
import { auditRoutes } from '../casework/audit/index.ts'
import { callBackRoutes } from '../casework/callbacks/index.ts'
import { citizenRoutes } from '../casework/citizens/index.ts'
import { clockRoutes } from '../casework/clocks/index.ts'
import { dispatchRoutes } from '../casework/dispatch/index.ts'
import { lifeRoutes, mayReadOrder, tableRoutes } from '../casework/life/index.ts'
import { maskingRoutes, numberPoolRoutes } from '../casework/masking/index.ts'
import { noticeRoutes } from '../casework/notices/index.ts'
import { orderListRoutes } from '../casework/order-list/index.ts'
import { relationRoutes } from '../casework/relations/index.ts'
import { appendTrail } from '../casework/trail/index.ts'
import { unitRoutes } from '../casework/units/index.ts'
import { workOrderRoutes } from '../casework/work-orders/index.ts'
import { actorOf, type StaffActor } from '../people/roles/index.ts'
import type { AppParts } from './app.ts'
import type { NoticeFeed } from './notice-feed.ts'

/** The rooms of casework. What is changed in them counts for calls by short numbers before the answer is out. */
export async function registerCases(
  parent: FastifyInstance,
  { db, now, floor, ids, masking, pins, settings, log }: AppParts,
  notices: NoticeFeed,
): Promise<void> {
  await parent.register(async app => {
    app.addHook('onSend', async ({ method }, { statusCode }) => {
      if (method === 'GET' || statusCode >= 400) return
      // It is done, whether calls know of it now or within the next second.
      await masking.catchUp().catch(error => log.warn({ err: error }, 'bindings not read at once'))
    })
    await app.register(workOrderRoutes(db, now))
    await app.register(orderListRoutes({ db, now }))
    await app.register(lifeRoutes({ db, now }))
    await app.register(relationRoutes(db, now))
    await app.register(callBackRoutes(db, now))
    const live = {
      inCall: (binding: BindingId) => floor.calls().some(({ mask }) => mask?.binding === binding),
      pinLocked: (binding: BindingId, at: Instant) => masking.pinLocked(binding, at),
      pinChanged: (binding: BindingId) => masking.pinChanged(binding),
    }
    const { mainLine: shows, maskAccessNumber, outside } = settings
    await app.register(maskingRoutes({ db, now, floor, ids, pins, live, shows, ...outside }))
    const reserved = [shows, ...(maskAccessNumber === null ? [] : [maskAccessNumber])]
    await app.register(numberPoolRoutes({ db, now, reserved }))
    await app.register(tableRoutes(db))
    await app.register(clockRoutes(db))
    await app.register(dispatchRoutes(db, now))
    await app.register(unitRoutes(db, { reserved, deniedPrefixes: outside.deniedPrefixes }))
    await app.register(citizenRoutes({ db, actorOf: member => actorOf(db, member) }))
    await app.register(auditRoutes(db))
    await app.register(noticeRoutes(db, staff => notices.hasRead(staff)))
  })
}

/** Whose work is more than reading. */
const ACTING: readonly Right[] = [
  'order.register',
  'order.dispatch',
  'order.lead',
  'order.rule',
  'order.review',
  'order.call-back',
  'order.supervise',
  'unit.handle',
  'unit.lead',
]

function acts(actor: StaffActor): boolean {
  return ACTING.some(right => actor.city.has(right) || actor.overUnits.has(right))
}

/** Attachments as the cases have them: for the order's readers, added by those who act, each on its trail. */
export function attachmentDeps(db: Kysely<Database>, files: AttachmentFiles): AttachmentDeps {
  return {
    db,
    files,
    async mayRead(member, order) {
      const may = await mayReadOrder(db, await actorOf(db, member), order)
      return may ? ok(undefined) : refuse('not-allowed')
    },
    async mayAdd(member, order) {
      const actor = await actorOf(db, member)
      const may = acts(actor) && (await mayReadOrder(db, actor, order))
      return may ? ok(undefined) : refuse('not-allowed')
    },
    async recorded(trx, { order, by, change, attachment }) {
      const { id, sha256, type, bytes, withdrawn } = attachment
      await appendTrail(trx, {
        order,
        at: Date.now(),
        by: { kind: 'staff', staff: by.id, name: by.name },
        act: change === 'added' ? 'attach' : 'withdraw-attachment',
        from: null,
        to: null,
        why: withdrawn?.reason ?? '',
        detail: { attachment: id, sha256, type, bytes },
      })
    },
  }
}
