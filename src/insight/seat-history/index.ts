export { seatHistoryRoutes } from './routes.ts'
