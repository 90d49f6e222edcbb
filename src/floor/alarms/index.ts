export { alarmRoutes } from './routes.ts'
export type { AlarmView } from './schema.ts'
export { Alarms } from './service.ts'
