export { recordFact } from './fact-handlers.ts'
export { type FactHandler, FactWriter, type FactWriterParts } from './fact-writer.ts'
export { callRoutes } from './routes.ts'
export { mayReadCall, OVERSEERS } from './rules.ts'
