export { LineCatalogue } from './catalogue.ts'
export { blockedNumberRoutes, lineRoutes } from './routes.ts'
export { plainNumber } from './rules.ts'
