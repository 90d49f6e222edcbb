export type { EscalationStep } from '../../contact-center/queue/queue-rules.ts'
export { QueueConfig } from './config.ts'
export { queueRoutes } from './routes.ts'
export { movePriority } from './service.ts'
