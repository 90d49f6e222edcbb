export { guardRoutes, SESSION_COOKIE, signedIn } from './guard.ts'
export { type SessionRoutesParts, sessionRoutes } from './routes.ts'
export { Sessions } from './service.ts'
export { sweepSessions } from './store.ts'
