export { configChangeRoutes } from './routes.ts'
export { recordChange } from './store.ts'
