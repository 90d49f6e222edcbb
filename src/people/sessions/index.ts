export { asking } from './asking.ts'
export { guardRoutes, SESSION_COOKIE, sessionCookie, signedIn } from './guard.ts'
export { fromOf, type SessionRoutesParts, sessionRoutes } from './routes.ts'
export { SIGN_IN_LIMITS } from './rules.ts'
export { RoleSchema } from './schema.ts'
export { Sessions } from './service.ts'
export {
  endSession,
  endSessionsOf,
  type From,
  type OpenSession,
  openSession,
  ownerOfSession,
  sessionsOf,
  sweepSessions,
} from './store.ts'
