export { HandoverGate } from './gate.ts'
export { handoverRoutes } from './routes.ts'
export { Handovers } from './service.ts'
