export { missedCallRoutes } from './routes.ts'
export { missedCallFacts } from './store.ts'
