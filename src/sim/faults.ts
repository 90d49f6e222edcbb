/** How badly the day goes: probabilities, and how often in a day the larger misfortunes happen. */
export interface Faults {
  readonly eventLost: number
  readonly eventLate: number
  readonly eventDoubled: number
  readonly commandRefused: number
  readonly commandUnreachable: number
  readonly socketLosses: number
  readonly pbxRestarts: number
  readonly serviceRestarts: number
}

export const NO_FAULTS: Faults = {
  eventLost: 0,
  eventLate: 0,
  eventDoubled: 0,
  commandRefused: 0,
  commandUnreachable: 0,
  socketLosses: 0,
  pbxRestarts: 0,
  serviceRestarts: 0,
}

/** Far worse than any real day, so that rare orders of events are met often. */
export const BAD_DAY: Faults = {
  eventLost: 0.005,
  eventLate: 0.02,
  eventDoubled: 0.02,
  commandRefused: 0.003,
  commandUnreachable: 0.003,
  socketLosses: 20,
  pbxRestarts: 6,
  serviceRestarts: 12,
}
