export { type Performed, perform, type Request } from './perform.ts'
export { type LifeRoutesParts, lifeRoutes } from './routes.ts'
