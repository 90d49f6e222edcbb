/** Beyond these the floor raises an alarm, in milliseconds. */
export const FLOOR_LIMITS = {
  callerWaitsMs: 60_000,
  wrapUpMs: 5 * 60_000,
  talkMs: 20 * 60_000,
} as const
