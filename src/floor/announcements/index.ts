export { announcementRoutes } from './routes.ts'
export type { Notice } from './schema.ts'
export { Announcements } from './service.ts'
