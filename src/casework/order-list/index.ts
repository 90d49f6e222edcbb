export type { OrderFilter } from './conditions.ts'
export { nextDue } from './counts.ts'
export { orderListRoutes } from './routes.ts'
export { countOrders, listOrders, unitAndBelow } from './service.ts'
