export { unitRoutes } from './routes.ts'
export { onDuty } from './rules.ts'
export { unitsBelow, unitTree } from './store.ts'
export { type TreeUnit, UnitTree } from './tree.ts'
