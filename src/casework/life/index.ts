export { type Performed, perform, type Request } from './perform.ts'
export { mayReadOrder, ordersReadBy } from './readable.ts'
export { type LifeRoutesParts, lifeRoutes } from './routes.ts'
export { onStage } from './stages.ts'
