export { MOST_ROWS, type TableColumn, type TableFormat, type TableValue } from './rules.ts'
export { sendTable, type Table, unitsToTake } from './service.ts'
