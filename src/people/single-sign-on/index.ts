export type { SingleSignOnSettings } from './provider.ts'
export { singleSignOnRoutes } from './routes.ts'
export { SingleSignOn } from './service.ts'
