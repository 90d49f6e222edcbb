export { intervalRoutes } from './routes.ts'
