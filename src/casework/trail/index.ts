export { anchorTrail } from './anchors.ts'
export { exportChain, orderByNumber } from './evidence.ts'
export { type Link, linkHash } from './link.ts'
export { TrailEntry } from './schema.ts'
export {
  type AuditToAppend,
  appendAudit,
  appendTrail,
  type EntryToAppend,
  type OrderTrailRow,
  orderLink,
  readTrail,
  type TrailActor,
} from './store.ts'
export { type Broken, describeBroken, type Verified, verifyTrail } from './verify.ts'
