export { shiftRoutes } from './routes.ts'
export { spanOf } from './rules.ts'
export { Day } from './schema.ts'
export {
  type EntryRow,
  entriesWithin,
  insertEntries,
  insertShift,
  lockRoster,
  putDuty,
  shifts,
} from './store.ts'
