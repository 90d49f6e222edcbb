import type { AgentNumber, CallId, LegId, PlaybackId } from '#kernel/ids.ts'
import type { SeatLeg } from './call/call.ts'
import type { Agent, CommandFailure, PbxCommandName, PhoneKind } from './events.ts'

/** What reaches a call: from the PBX, from the queue, from the seat it was offered to. */
export type CallSignal =
  | { readonly type: 'prompt-finished'; readonly playback: PlaybackId; readonly played: boolean }
  | { readonly type: 'offered'; readonly to: SeatLeg }
  | { readonly type: 'seat-popped' }
  | { readonly type: 'seat-ringing' }
  | { readonly type: 'seat-answered'; readonly leg: LegId; readonly agent: AgentNumber }
  /** The seat's leg came to nothing, or is gone. */
  | { readonly type: 'seat-gone'; readonly leg: LegId; readonly reason: string }
  | { readonly type: 'leg-bridged'; readonly leg: LegId }
  | { readonly type: 'leg-held'; readonly leg: LegId }
  | { readonly type: 'leg-unheld'; readonly leg: LegId }
  | { readonly type: 'caller-gone'; readonly blame: 'caller' | 'pbx' }
  /** The rules of the queues have changed. */
  | { readonly type: 'queues-configured' }
  /** One caller too many stood in the queue. */
  | { readonly type: 'queue-found-full' }
  /** The agent asked to hang up. */
  | { readonly type: 'hang-up-requested' }
  | {
      readonly type: 'command-failed'
      readonly command: PbxCommandName
      readonly leg: LegId | null
      readonly reason: CommandFailure
    }
  | { readonly type: 'deadline-passed' }
  /** The PBX was asked what it holds: both legs live, but not in one bridge. */
  | { readonly type: 'found-unbridged' }
  /** The caller's leg lives, but nobody picked up: our answer was lost. */
  | { readonly type: 'found-unanswered' }
  /** Events flow again after a gap in which commands may have been lost. */
  | { readonly type: 'found-alive' }

/** What reaches a seat: from its agent, its phone, its page, and the call it was offered. */
export type SeatSignal =
  | { readonly type: 'signed-in'; readonly agent: Agent; readonly phone: PhoneKind }
  | { readonly type: 'agent-changed'; readonly agent: Agent }
  | { readonly type: 'signed-out' }
  | { readonly type: 'ready-requested' }
  | { readonly type: 'not-ready-requested'; readonly reason: string }
  | { readonly type: 'wrap-up-finished' }
  | { readonly type: 'hang-up-requested' }
  | { readonly type: 'phone-changed'; readonly registered: boolean }
  | { readonly type: 'desk-changed'; readonly connected: boolean }
  | { readonly type: 'offered'; readonly call: CallId; readonly leg: LegId; readonly caller: string }
  | { readonly type: 'pop-acknowledged'; readonly call: CallId }
  | { readonly type: 'leg-ringing'; readonly leg: LegId }
  | { readonly type: 'leg-answered'; readonly leg: LegId }
  | { readonly type: 'leg-gone'; readonly leg: LegId }
  | { readonly type: 'dial-failed'; readonly leg: LegId }
  /** Events flow again after a gap, and the phone that should ring has no leg. */
  | { readonly type: 'found-silent'; readonly leg: LegId; readonly caller: string }
  /** The call ended or went back to the queue without us. */
  | { readonly type: 'call-over'; readonly call: CallId }
  | { readonly type: 'deadline-passed' }
