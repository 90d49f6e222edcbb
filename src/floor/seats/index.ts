export { seatRoutes } from './routes.ts'
export { isBusy, isPickedUp, mayBecomeReady } from './rules.ts'
export {
  type NotReadyReason,
  PhoneKindSchema,
  SeatCall,
  SeatPurposeSchema,
  SeatStateSchema,
  SeatView,
} from './schema.ts'
export { Seats, type SeatsParts } from './service.ts'
export { ensureSeats, notReadyReasons, type SeatCredential, seatCredentials } from './store.ts'
