export { PopKeeper } from './keeper.ts'
export type { Pop } from './schema.ts'
export { barePop, type Replay, replayPops } from './store.ts'
