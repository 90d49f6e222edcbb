/** The rules a floor runs by, all in milliseconds. They are settings: see config.ts for their defaults. */
export interface CenterRules {
  /** How long a seat rings before the call goes back to the head of the queue. */
  readonly ringTimeoutMs: number
  /** How long the phone is held back for the desk to say that the screen-pop is shown. */
  readonly popAckTimeoutMs: number
  readonly wrapUpMs: number
  /** What the agent may add to a wrap-up, once. */
  readonly wrapUpExtensionMs: number
  /** A ready seat whose phone or desk is lost for longer is set not-ready. */
  readonly graceMs: number
  /** Whether citizens are asked for a grade after a talk that they did not end. */
  readonly asksRating: boolean
}
