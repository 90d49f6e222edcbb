export { prepareLeaderDays } from './prepare.ts'
export { callBackRoutes } from './routes.ts'
