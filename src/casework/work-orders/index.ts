export { workOrderRoutes } from './routes.ts'
export { openDraft } from './store.ts'
