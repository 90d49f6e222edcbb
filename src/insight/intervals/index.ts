export { type Column, cityTime, toCsv } from './csv.ts'
export { intervalRoutes } from './routes.ts'
export { STATISTICS } from './rules.ts'
