export { mayReadOrder, ordersReadBy } from './readable.ts'
export { workOrderRoutes } from './routes.ts'
export { openDraft } from './store.ts'
