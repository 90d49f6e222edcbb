export { missedCallRoutes } from './routes.ts'
export { actOnMissedCall } from './service.ts'
export { missedCallFacts } from './store.ts'
