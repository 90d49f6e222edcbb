export { intervalRoutes } from './routes.ts'
export { STATISTICS } from './rules.ts'
