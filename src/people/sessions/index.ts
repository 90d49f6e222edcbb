export { guardRoutes, SESSION_COOKIE, signedIn } from './guard.ts'
export { fromOf, type SessionRoutesParts, sessionRoutes } from './routes.ts'
export { RoleSchema } from './schema.ts'
export { Sessions } from './service.ts'
export {
  endSession,
  endSessionsOf,
  type OpenSession,
  ownerOfSession,
  sessionsOf,
  sweepSessions,
} from './store.ts'
