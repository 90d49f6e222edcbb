export { isDenied, type OutsideRules, withoutArea } from './outside-numbers.ts'
export { callControlRoutes } from './routes.ts'
export { CallControl } from './service.ts'
