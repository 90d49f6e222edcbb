import type { AgentNumber, BridgeId, CallId, LegId, PlaybackId } from '#kernel/ids.ts'
import type { SeatLeg } from './call/call.ts'
import type { SeatActivity } from './call/parties.ts'
import type {
  Agent,
  CommandFailure,
  Digit,
  GoneCause,
  MaskAnswer,
  NewCall,
  PbxCommandName,
  PhoneKind,
  SeatPurpose,
  TransferAct,
  TransferHow,
  TransferTarget,
  WatchMode,
} from './events.ts'
import type { QueueOutlook } from './queue/outlook.ts'

/** What reaches a call: from the PBX, from the queue, from the seats that take part. */
export type CallSignal =
  | { readonly type: 'prompt-finished'; readonly playback: PlaybackId; readonly played: boolean }
  /** A key of the citizen's telephone. */
  | { readonly type: 'digit-pressed'; readonly digit: Digit; readonly callBack: NewCall }
  | { readonly type: 'offered'; readonly ring: readonly SeatLeg[] }
  /** A seat is free for a citizen who is to be called first. */
  | { readonly type: 'turn-came' }
  | { readonly type: 'seat-popped'; readonly leg: LegId }
  | { readonly type: 'seat-ringing'; readonly leg: LegId }
  | { readonly type: 'seat-answered'; readonly leg: LegId; readonly agent: AgentNumber }
  /** The seat's leg came to nothing, or is gone. */
  | { readonly type: 'seat-gone'; readonly leg: LegId; readonly reason: string }
  | { readonly type: 'leg-bridged'; readonly leg: LegId }
  | { readonly type: 'leg-held'; readonly leg: LegId }
  | { readonly type: 'leg-unheld'; readonly leg: LegId }
  /** The citizen whom we called picked up. */
  | { readonly type: 'caller-answered' }
  | { readonly type: 'caller-gone'; readonly blame: 'caller' | 'pbx'; readonly cause: GoneCause }
  | { readonly type: 'outside-answered'; readonly leg: LegId }
  | { readonly type: 'outside-gone'; readonly leg: LegId; readonly cause: GoneCause }
  | { readonly type: 'mask-answered'; readonly answer: MaskAnswer }
  /** The unit that a citizen would take the offer of talks by this binding already. */
  /** The rules of the queues have changed. */
  | { readonly type: 'queues-configured' }
  /** One caller too many stood in the queue. */
  | { readonly type: 'queue-found-full' }
  | { readonly type: 'queue-found-unstaffed' }
  | AgentRequest
  | { readonly type: 'watch-requested'; readonly by: SeatLeg; readonly mode: WatchMode }
  | { readonly type: 'take-over-requested'; readonly leg: LegId }
  | {
      readonly type: 'command-failed'
      readonly command: PbxCommandName
      readonly leg: LegId | null
      readonly reason: CommandFailure
    }
  /** How the queue stands, for a call that waits in one. */
  | { readonly type: 'deadline-passed'; readonly outlook: QueueOutlook | null }
  /** The PBX was asked what it holds: legs that live are not where they should be. */
  | {
      readonly type: 'found-misplaced'
      readonly into: readonly Misplaced[]
      readonly outOf: readonly Misplaced[]
    }
  /** The caller's leg lives, but nobody picked up: our answer was lost. */
  | { readonly type: 'found-unanswered' }
  /** Events flow again after a gap in which commands may have been lost. */
  | { readonly type: 'found-alive' }

export interface Misplaced {
  readonly bridge: BridgeId
  readonly legs: readonly LegId[]
}

/** What somebody at a seat asks of the call; `leg` is the seat's own. */
export type AgentRequest = { readonly leg: LegId } & (
  | { readonly type: 'hang-up-requested' }
  | { readonly type: 'hold-requested' }
  | { readonly type: 'resume-requested' }
  | { readonly type: 'mute-requested'; readonly muted: boolean }
  | { readonly type: 'digits-requested'; readonly digits: string }
  | {
      readonly type: 'transfer-requested'
      readonly target: TransferTarget
      readonly how: TransferHow
      /** The seat that is called, for a target that is or becomes one. */
      readonly to: SeatLeg | null
    }
  | { readonly type: 'transfer-act-requested'; readonly act: TransferAct }
)

/** What reaches a seat: from its agent, its phone, its page, and the call it takes part in. */
export type SeatSignal =
  | { readonly type: 'signed-in'; readonly agent: Agent; readonly phone: PhoneKind }
  | { readonly type: 'agent-changed'; readonly agent: Agent }
  | { readonly type: 'signed-out' }
  | { readonly type: 'ready-requested' }
  | { readonly type: 'not-ready-requested'; readonly reason: string }
  | { readonly type: 'wrap-up-finished' }
  | { readonly type: 'wrap-up-extended' }
  | { readonly type: 'hang-up-requested' }
  | { readonly type: 'auto-answer-set'; readonly on: boolean }
  | { readonly type: 'phone-changed'; readonly registered: boolean }
  | { readonly type: 'desk-changed'; readonly connected: boolean }
  /** A ready seat is to ring, once its desk shows the call. */
  | {
      readonly type: 'offered'
      readonly call: CallId
      readonly leg: LegId
      readonly caller: string
      readonly purpose: 'call' | 'consult'
    }
  /** The one who sits here wants a call: the phone rings at once, whatever the seat does when idle. */
  | {
      readonly type: 'called'
      readonly call: CallId
      readonly leg: LegId
      readonly caller: string
      readonly purpose: 'dial' | 'watch'
    }
  | { readonly type: 'pop-acknowledged'; readonly call: CallId }
  | { readonly type: 'leg-ringing'; readonly leg: LegId }
  | { readonly type: 'leg-answered'; readonly leg: LegId }
  | { readonly type: 'leg-gone'; readonly leg: LegId }
  | { readonly type: 'dial-failed'; readonly leg: LegId }
  /** Events flow again after a gap, and the phone that should ring has no leg. */
  | { readonly type: 'found-silent'; readonly leg: LegId; readonly caller: string }
  /** What the seat does in its call is another thing now. */
  | {
      readonly type: 'part-changed'
      readonly call: CallId
      readonly activity: Exclude<SeatActivity, 'calling'>
      readonly purpose: SeatPurpose
    }
  /** The seat takes part no longer; `elsewhere`: another seat has the call for which it rang. */
  | { readonly type: 'call-over'; readonly call: CallId; readonly elsewhere: boolean }
  | { readonly type: 'deadline-passed' }
