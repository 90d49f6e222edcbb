export { answerMerged } from './answers.ts'
export { relationRoutes } from './routes.ts'
