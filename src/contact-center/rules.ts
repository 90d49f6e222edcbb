/** The rules a floor runs by, all in milliseconds. They are settings: see config.ts for their defaults. */
export interface CenterRules {
  /** How long a seat rings before the call goes back to the head of the queue. */
  readonly ringTimeoutMs: number
  /** How long the phone is held back for the desk to say that the screen-pop is shown. */
  readonly popAckTimeoutMs: number
  readonly wrapUpMs: number
}
