export { ivrRoutes } from './routes.ts'
export { Ivr } from './service.ts'
export { liveTrees } from './store.ts'
