export { isProtectedRow } from './rows.ts'
export { knownIdentities, writersOfUnits } from './store.ts'
export { HIDDEN_NAME, type KnownIdentity, veil, veilDetail } from './words.ts'
