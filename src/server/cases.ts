import type { FastifyInstance } from 'fastify'
import { callBackRoutes } from '../casework/callbacks/index.ts'
import { citizenRoutes } from '../casework/citizens/index.ts'
import { clockRoutes } from '../casework/clocks/index.ts'
import { dispatchRoutes } from '../casework/dispatch/index.ts'
import { lifeRoutes } from '../casework/life/index.ts'
import { noticeRoutes } from '../casework/notices/index.ts'
import { relationRoutes } from '../casework/relations/index.ts'
import { unitRoutes } from '../casework/units/index.ts'
import { workOrderRoutes } from '../casework/work-orders/index.ts'
import { actorOf } from '../people/roles/index.ts'
import type { AppParts } from './app.ts'
import type { NoticeFeed } from './notice-feed.ts'

/** The rooms of casework. */
export async function registerCases(
  app: FastifyInstance,
  { db, now }: AppParts,
  notices: NoticeFeed,
): Promise<void> {
  await app.register(workOrderRoutes(db, now))
  await app.register(lifeRoutes({ db, now }))
  await app.register(relationRoutes(db, now))
  await app.register(callBackRoutes(db, now))
  await app.register(clockRoutes(db))
  await app.register(dispatchRoutes(db))
  await app.register(unitRoutes(db))
  await app.register(citizenRoutes({ db, actorOf: member => actorOf(db, member) }))
  await app.register(noticeRoutes(db, staff => notices.hasRead(staff)))
}
