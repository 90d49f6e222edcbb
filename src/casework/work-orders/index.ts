export { workOrderRoutes } from './routes.ts'
export { WorkOrder, WorkOrderForm } from './schema.ts'
export { type Registration, register } from './service.ts'
export { insertPart, openDraft } from './store.ts'
