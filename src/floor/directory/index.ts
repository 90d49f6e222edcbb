export { directoryRoutes } from './routes.ts'
export { isEmergencyNumber } from './rules.ts'
export type { DirectoryEntry } from './schema.ts'
export { entryInUse } from './service.ts'
