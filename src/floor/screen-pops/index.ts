export type { Pop } from './schema.ts'
export { barePop, markAcknowledged, POP_LIMITS, type Replay, replayPops, storePop } from './store.ts'
