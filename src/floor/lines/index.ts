export { LineCatalogue } from './catalogue.ts'
export { blockedNumberRoutes, lineRoutes } from './routes.ts'
