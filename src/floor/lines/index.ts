export { LineCatalogue } from './catalogue.ts'
export { lineRoutes } from './routes.ts'
