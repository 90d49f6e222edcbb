export { supervisionLogRoutes } from './routes.ts'
