import type {
  AgentNumber,
  BindingId,
  BridgeId,
  CallId,
  LegId,
  LineNumber,
  PlaybackId,
  QueueId,
  SeatNumber,
  ShortNumber,
  SkillId,
  StaffId,
  WorkOrderId,
} from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { IvrLanguage, IvrTree } from './ivr/tree.ts'
import type { EscalationStep, QueueRules } from './queue/queue-rules.ts'

/** The line a call came in on, as it stood at that moment: a later edit does not change a running call. */
export interface CallLine {
  readonly number: LineNumber
  readonly name: string
  readonly queue: QueueId
  /** False sends the caller straight to the queue (a double-run line whose carrier already greets). */
  readonly greets: boolean
}

/**
 * A call between a citizen and the unit that handles their order, neither of whom sees the other's number (号码保护).
 * Found, or found to hold still, when the second telephone is called; a binding that ends later does not cut it.
 */
export interface MaskedRoute {
  readonly binding: BindingId
  readonly order: WorkOrderId
  readonly short: ShortNumber
  /** Whose side the first leg is on. */
  readonly from: MaskSide
  /** Called second. */
  readonly number: string
  /** The one number that both sides see: the hotline's. */
  readonly shows: string
  readonly records: boolean
  /** The talk is over then. */
  readonly mostTalkMs: number
  /** Who asked for it from a page; null: one side dialled. */
  readonly staff: StaffId | null
}

export type MaskSide = 'unit' | 'citizen'

/** Why a caller through a short number is not put through. */
export type MaskRefusal =
  | 'mask-unbound'
  | 'mask-expired'
  | 'mask-direction'
  | 'mask-not-registered'
  | 'mask-wrong-pin'
  | 'mask-too-many'
  | 'mask-own-number'
  | 'mask-busy'
  | 'mask-nobody'
  /** 无法接通: the other side did not answer. */
  | 'mask-not-reached'

/** What becomes of a caller who dialled a short number, or the number behind which short numbers are keyed. */
export type MaskAnswer =
  | { readonly answer: 'route'; readonly route: MaskedRoute }
  | {
      readonly answer: 'refuse'
      readonly why: MaskRefusal
      readonly binding: BindingId | null
      readonly order: WorkOrderId | null
    }
  | { readonly answer: 'ask'; readonly key: 'short-number' | 'pin'; readonly short: ShortNumber | null }

/** A caller has keyed a short number, or the PIN to one, or is about to be put through: what becomes of them? */
export interface MaskQuery {
  readonly call: CallId
  readonly caller: string
  readonly short: ShortNumber
  /** Null: not asked for yet. */
  readonly pin: string | null
  /** Found a while ago, and counted then: whether it still holds. Null: none is found yet. */
  readonly route: MaskedRoute | null
}

/** The tree that a line's callers meet, and whether it is working time as they come in. */
export interface IvrMenu {
  readonly tree: IvrTree
  readonly open: boolean
}

/** Levels 1–9 by skill; one that is missing is not had. */
export type Skills = Readonly<Record<SkillId, number>>

export interface Agent {
  readonly staff: StaffId
  readonly number: AgentNumber
  readonly name: string
  readonly skills: Skills
}

/** Which of a seat's two registrations rings: the page's own phone (WebRTC) or any SIP phone. */
export type PhoneKind = 'browser' | 'sip'

/** A leg in the contact centre's hands as a survey finds it; legs still in the dialplan are not listed. */
export interface SurveyedLeg {
  readonly leg: LegId
  readonly state: 'ringing' | 'up'
  /** A citizen's leg: whence it came, so that one whose arrival was never heard can still be taken on. */
  readonly arrival: { readonly caller: string; readonly dialled: string } | null
}

/**
 * Everything that can happen to the contact centre. Names are in the past tense; `at` is when it happened.
 * Late, lost and doubled events are normal in telephony: each must be harmless.
 */
export type CenterEvent = { readonly at: Instant } & (
  | {
      readonly type: 'call-arrived'
      readonly call: CallId
      readonly leg: LegId
      /** The number shown by the network; empty when withheld. */
      readonly caller: string
      readonly dialled: string
      /** Null when the dialled number is no line of ours. */
      readonly line: CallLine | null
      /** Why the caller is not taken on; null: the caller is. */
      readonly refusal: CallRefusal | null
      /** Null: greeting and straight to an agent. */
      readonly menu: IvrMenu | null
      /** What becomes of a caller through a short number; none: a caller of the hotline. */
      readonly mask?: MaskAnswer | null
      /** The unit that this caller may ask for instead of an agent. */
      readonly offer?: MaskedRoute | null
      /** The id that this call's work order will have, should it be answered. */
      readonly draft: WorkOrderId
    }
  | {
      readonly type: 'prompt-finished'
      readonly leg: LegId
      readonly playback: PlaybackId
      /** False: broken off. The caller is leaving (which a PBX tells a moment later), or the file is missing. */
      readonly played: boolean
    }
  | { readonly type: 'leg-ringing'; readonly leg: LegId }
  | { readonly type: 'leg-answered'; readonly leg: LegId }
  | { readonly type: 'leg-bridged'; readonly leg: LegId; readonly bridge: BridgeId }
  | { readonly type: 'leg-held'; readonly leg: LegId }
  | { readonly type: 'leg-unheld'; readonly leg: LegId }
  | { readonly type: 'leg-gone'; readonly leg: LegId; readonly cause: GoneCause }
  | {
      readonly type: 'digit-pressed'
      readonly leg: LegId
      readonly digit: Digit
      /** The ids of the call-back that this key may ask for. */
      readonly callBack: NewCall
    }
  | {
      readonly type: 'command-failed'
      readonly call: CallId
      readonly command: PbxCommandName
      readonly leg: LegId | null
      readonly reason: CommandFailure
    }
  | {
      readonly type: 'seat-signed-in'
      readonly seat: SeatNumber
      readonly agent: Agent
      readonly phone: PhoneKind
    }
  | { readonly type: 'agent-changed'; readonly agent: Agent }
  | { readonly type: 'queues-configured'; readonly queues: readonly QueueRules[] }
  | { readonly type: 'seat-signed-out'; readonly seat: SeatNumber }
  | { readonly type: 'ready-requested'; readonly seat: SeatNumber }
  | { readonly type: 'not-ready-requested'; readonly seat: SeatNumber; readonly reason: string }
  | { readonly type: 'wrap-up-finished'; readonly seat: SeatNumber }
  | { readonly type: 'wrap-up-extended'; readonly seat: SeatNumber }
  | { readonly type: 'auto-answer-set'; readonly seat: SeatNumber; readonly on: boolean }
  | { readonly type: 'hang-up-requested'; readonly seat: SeatNumber }
  | { readonly type: 'hold-requested'; readonly seat: SeatNumber }
  | { readonly type: 'resume-requested'; readonly seat: SeatNumber }
  | { readonly type: 'mute-requested'; readonly seat: SeatNumber; readonly muted: boolean }
  | { readonly type: 'digits-requested'; readonly seat: SeatNumber; readonly digits: string }
  /** The agent calls a citizen: the seat's phone first, then the number. */
  | {
      readonly type: 'dial-requested'
      readonly seat: SeatNumber
      readonly call: NewCall
      readonly number: string
      /** Whose number the citizen sees, and what the call counts for. */
      readonly line: CallLine
      /** The entry of the missed-call list that this answers. */
      readonly missedCall: number | null
    }
  /** A handler wants the citizen: the handler's own telephone is called first. */
  | {
      readonly type: 'masked-call-requested'
      readonly call: NewCall
      readonly route: MaskedRoute
      readonly first: string
    }
  /** What the book of bindings says to a `MaskQuery`. */
  | { readonly type: 'mask-answered'; readonly call: CallId; readonly answer: MaskAnswer }
  | {
      readonly type: 'transfer-requested'
      readonly seat: SeatNumber
      readonly target: TransferTarget
      readonly how: TransferHow
    }
  | { readonly type: 'transfer-act-requested'; readonly seat: SeatNumber; readonly act: TransferAct }
  /** A supervisor joins the talk of another seat, or joins it in another way. */
  | {
      readonly type: 'watch-requested'
      /** The supervisor's own seat. */
      readonly seat: SeatNumber
      readonly call: CallId
      readonly mode: WatchMode
    }
  /** The supervisor becomes the call's agent; the seat that had it goes to wrap-up. */
  | { readonly type: 'take-over-requested'; readonly seat: SeatNumber }
  /** A waiting caller is given to a named seat. */
  | { readonly type: 'caller-assigned'; readonly call: CallId; readonly seat: SeatNumber }
  | { readonly type: 'pop-acknowledged'; readonly seat: SeatNumber; readonly call: CallId }
  | { readonly type: 'phone-changed'; readonly seat: SeatNumber; readonly registered: boolean }
  | { readonly type: 'desk-changed'; readonly seat: SeatNumber; readonly connected: boolean }
  /** The deadline that an entity carries has passed; ignored when the entity has moved on. */
  | { readonly type: 'call-deadline-passed'; readonly call: CallId }
  | { readonly type: 'seat-deadline-passed'; readonly seat: SeatNumber }
  /** The PBX fell silent: nothing can be commanded, nothing will be heard. */
  | { readonly type: 'pbx-lost' }
  /** What the PBX really holds, asked at `askedAt`: after a reconnect, and now and then to find what got lost. */
  | {
      readonly type: 'pbx-surveyed'
      readonly askedAt: Instant
      /** True for the first survey of a connection: what we last commanded may not have been done. */
      readonly reconnected: boolean
      /** When this run of the PBX began; calls older than it died with the one before. */
      readonly pbxStartedAt: Instant
      readonly legs: readonly SurveyedLeg[]
      readonly bridges: readonly { readonly bridge: BridgeId; readonly legs: readonly LegId[] }[]
    }
)

/** Ids drawn for a call that is not there yet. */
export interface NewCall {
  readonly call: CallId
  readonly draft: WorkOrderId
}

/** Where a call can be sent. A line is its queue; a department is a queue or a number outside. */
export type TransferTarget =
  | { readonly kind: 'seat'; readonly seat: SeatNumber }
  | { readonly kind: 'queue'; readonly queue: QueueId }
  | OutsideTarget

export interface OutsideTarget {
  readonly kind: 'outside'
  readonly number: string
  /** As the directory names it. */
  readonly name: string
  /** 110, 119, 120, 122. */
  readonly emergency: boolean
}

/**
 * `blind`: the caller is handed on at once. `consult`: the agent speaks with the other side first while the
 * caller hears music. `conference`: the other side joins the talk as soon as it answers.
 */
export type TransferHow = 'blind' | 'consult' | 'conference'

/** What the agent does with a consultation. `swap`: speak with the one who waited. */
export type TransferAct = 'swap' | 'merge' | 'complete' | 'cancel'

/** `listen`: hears both. `whisper`: heard by the agent alone. `barge`: heard by both. */
export type WatchMode = 'listen' | 'whisper' | 'barge'

export type CenterEventOf<Type extends CenterEvent['type']> = Extract<CenterEvent, { type: Type }>

/** Why a leg ended, as the network tells it: of one that was answered, nearly always `normal`. */
export type GoneCause = 'normal' | 'busy' | 'no-answer' | 'rejected' | 'unallocated' | 'failed'

/** A key of the telephone, by RFC 4733. */
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#'

/**
 * `gone`: the leg or bridge no longer exists. `refused`: the PBX would not (busy endpoint, no contact).
 * `unreachable`: no answer from the PBX in time; whether it acted is unknown.
 */
export type CommandFailure = 'gone' | 'refused' | 'unreachable'

/** What is said to a caller, by name; the PBX adapter knows the sound files. Digits speak a 工号. */
export type Prompt =
  | 'greeting'
  | 'agent-number'
  | 'serves-you'
  | 'please-wait'
  | 'number-not-in-service'
  | 'number-blocked'
  | 'line-closed'
  | 'all-lines-busy'
  | 'offer-call-back'
  | 'call-back-booked'
  | 'call-back-greeting'
  | 'you-are-next'
  | 'before-you'
  | 'callers'
  | 'wait-about'
  | 'wait-under-a-minute'
  | 'minutes'
  | 'transferring'
  | 'transfer-failed'
  | 'rate-this-call'
  | 'thanks-for-rating'
  | 'wrong-key'
  | 'nobody-on-duty'
  | 'mask-connecting'
  | 'mask-calling-citizen'
  | 'mask-offer'
  | 'mask-key-short-number'
  | 'mask-key-pin'
  | MaskRefusal
  | `digit-${number}`
  | 'number-10'
  | 'number-100'
  /** One that the city wrote or recorded for its IVR. */
  | `announcement-${string}`

/** Why a caller is told a sentence and let go. Each is also the reason of the call's end. */
export type CallRefusal =
  | 'unknown-number'
  | 'blocked-number'
  | 'closed-hours'
  | 'queue-full'
  | 'nobody-on-duty'
  | 'call-back-booked'
  | MaskRefusal

/** What the contact centre asks of the PBX. `call` names the conversation for logs and failures. */
export type PbxCommand = { readonly call: CallId } & (
  | { readonly do: 'answer'; readonly leg: LegId }
  | {
      readonly do: 'play'
      readonly leg: LegId
      readonly playback: PlaybackId
      readonly prompts: readonly Prompt[]
    }
  /** Breaks a prompt off; its `prompt-finished` comes all the same. */
  | { readonly do: 'stop-play'; readonly leg: LegId; readonly playback: PlaybackId }
  | { readonly do: 'start-music'; readonly leg: LegId }
  | { readonly do: 'stop-music'; readonly leg: LegId }
  | {
      readonly do: 'dial-seat'
      readonly leg: LegId
      readonly seat: SeatNumber
      readonly phone: PhoneKind
      readonly caller: string
      /** The phone is asked to pick up by itself. */
      readonly autoAnswer: boolean
      /** The PBX's own give-up, a little after ours, should our hang-up be lost. */
      readonly giveUpAfterMs: number
    }
  | {
      /** Calls a number outside, over the trunk. */
      readonly do: 'dial-out'
      readonly leg: LegId
      readonly number: string
      /** The number that the other side sees. */
      readonly shows: string
      /** A citizen's leg is recorded, whichever side called. */
      readonly records: boolean
      readonly giveUpAfterMs: number
    }
  /** The ringing tone, for one who waits until another answers. */
  | { readonly do: 'start-ringback'; readonly leg: LegId }
  | { readonly do: 'stop-ringback'; readonly leg: LegId }
  /** What this leg says is heard by nobody; it hears as before. */
  | { readonly do: 'mute'; readonly leg: LegId }
  | { readonly do: 'unmute'; readonly leg: LegId }
  | { readonly do: 'send-digits'; readonly leg: LegId; readonly digits: string }
  /** A leg of its own that hears both sides of `on`, and whose voice is heard by `on` alone. */
  | { readonly do: 'snoop'; readonly leg: LegId; readonly on: LegId }
  /** Puts legs into a bridge, out of any other; the bridge is made if need be. */
  | { readonly do: 'bridge'; readonly bridge: BridgeId; readonly legs: readonly LegId[] }
  /** Takes one leg out; it lives on alone. */
  | { readonly do: 'unbridge'; readonly bridge: BridgeId; readonly leg: LegId }
  | { readonly do: 'destroy-bridge'; readonly bridge: BridgeId }
  | { readonly do: 'hang-up'; readonly leg: LegId; readonly cause: HangUpCause }
)
export type PbxCommandName = PbxCommand['do']
export type HangUpCause = 'normal' | 'no-answer' | 'unallocated' | 'answered-elsewhere'

/** Everything the contact centre asks for: commands to the PBX, pops to desks, facts for the record. */
export type Effect =
  | { readonly to: 'pbx'; readonly command: PbxCommand }
  | { readonly to: 'desk'; readonly pop: ScreenPop }
  /** Answered by the event `mask-answered`. */
  | { readonly to: 'masking'; readonly query: MaskQuery }
  | { readonly to: 'record'; readonly fact: Fact }
  /** Something in the PBX that no call owns: to be removed. */
  | { readonly to: 'sweep'; readonly stray: Stray }

export type Stray = { readonly leg: LegId } | { readonly bridge: BridgeId }

/** What the desk shows before the phone rings; the caller's history is added where it is stored. */
export interface ScreenPop {
  readonly call: CallId
  readonly direction: CallDirection
  /** Why the phone rings: to take the call, or to be asked about it. */
  readonly purpose: SeatPurpose
  readonly seat: SeatNumber
  readonly staff: StaffId
  /** 1 for the first seat offered, 2 after one that did not answer … */
  readonly attempt: number
  readonly caller: string
  readonly dialled: string
  readonly line: CallLine
  readonly draft: WorkOrderId
  readonly arrivedAt: Instant
  readonly offeredAt: Instant
  readonly waitedMs: number
}

/** Facts are told once, in order, to the record-keeping rooms. */
export type Fact =
  | { readonly fact: 'call-noted'; readonly call: CallId; readonly at: Instant; readonly note: CallNote }
  | { readonly fact: 'call-opened'; readonly call: CallOpening }
  | {
      readonly fact: 'call-answered'
      readonly call: CallId
      readonly at: Instant
      readonly answer: CallAnswer
    }
  | { readonly fact: 'call-rated'; readonly call: CallId; readonly at: Instant; readonly rating: CallRating }
  | { readonly fact: 'call-closed'; readonly call: CallSummary }
  | { readonly fact: 'seat-changed'; readonly at: Instant; readonly seat: SeatChange }

/**
 * `outbound`: an agent dialled. `call-back`: asked for by a caller in the queue. `masked`: a citizen and a unit, neither
 * of whom sees the other's number; its record keeps no number in full.
 */
export type CallDirection = 'inbound' | 'outbound' | 'call-back' | 'masked'

export interface CallOpening {
  readonly call: CallId
  readonly direction: CallDirection
  /** The citizen's; null when the citizen is yet to be called. */
  readonly leg: LegId | null
  /** The call whose place in the queue this call-back keeps. */
  readonly callBackOf: CallId | null
  readonly missedCall: number | null
  readonly caller: string
  readonly dialled: string
  readonly line: CallLine | null
  readonly arrivedAt: Instant
}

export interface CallAnswer {
  readonly seat: SeatNumber
  readonly staff: StaffId
  readonly draft: WorkOrderId
  readonly caller: string
  readonly line: CallLine
}

/** 满意度: 1 very satisfied … 5 very dissatisfied. */
export type Grade = 1 | 2 | 3 | 4 | 5

export interface CallRating {
  readonly grade: Grade
  /** The seat that the citizen spoke with last. */
  readonly seat: SeatNumber
  readonly staff: StaffId
}

/** One line of a call's timeline (话务时间线). */
export type CallNote =
  | { readonly kind: 'arrived'; readonly dialled: string; readonly line: LineNumber | null }
  | { readonly kind: 'greeted' }
  /** A node of the IVR was entered, by a key, by silence, or of itself. */
  | {
      readonly kind: 'menu'
      readonly tree: string
      readonly version: number
      readonly node: string
      readonly name: string
      readonly by: Digit | 'silence' | null
      readonly language: IvrLanguage
    }
  | { readonly kind: 'queued'; readonly queue: QueueId; readonly again: boolean; readonly reason: string }
  | {
      readonly kind: 'escalated'
      readonly queue: QueueId
      readonly step: EscalationStep['do']
      readonly afterMs: number
      readonly detail: string
    }
  | { readonly kind: 'offered'; readonly seat: SeatNumber; readonly attempt: number }
  | { readonly kind: 'popped'; readonly seat: SeatNumber }
  | { readonly kind: 'ringing'; readonly seat: SeatNumber }
  | { readonly kind: 'not-answered'; readonly seat: SeatNumber; readonly reason: string }
  | { readonly kind: 'answered'; readonly seat: SeatNumber }
  | { readonly kind: 'bridged'; readonly seat: SeatNumber }
  | { readonly kind: 'held'; readonly by: Party }
  | { readonly kind: 'unheld'; readonly by: Party }
  | { readonly kind: 'muted'; readonly muted: boolean }
  /** How many keys were sent; which ones may be a secret. */
  | { readonly kind: 'digits-sent'; readonly count: number }
  | { readonly kind: 'position-told'; readonly ahead: number; readonly expectedMs: number | null }
  | { readonly kind: 'call-back-offered' }
  | { readonly kind: 'call-back-booked'; readonly call: CallId }
  | { readonly kind: 'dialled'; readonly attempt: number }
  | { readonly kind: 'not-reached'; readonly attempt: number; readonly cause: GoneCause }
  | { readonly kind: 'citizen-answered' }
  | { readonly kind: 'assigned'; readonly seat: SeatNumber }
  | {
      readonly kind: 'transfer-started'
      readonly seat: SeatNumber
      readonly how: TransferHow
      readonly target: string
      readonly emergency: boolean
    }
  | { readonly kind: 'transfer-answered'; readonly target: string }
  | { readonly kind: 'transfer-failed'; readonly target: string; readonly reason: string }
  | { readonly kind: 'transfer-act'; readonly act: TransferAct }
  /** From then on the call is the target's. */
  | { readonly kind: 'transferred'; readonly from: SeatNumber | null; readonly target: string }
  /** The other side of a three-way call left it. */
  | { readonly kind: 'third-party-left'; readonly target: string }
  | { readonly kind: 'watched'; readonly seat: SeatNumber; readonly mode: WatchMode }
  | { readonly kind: 'unwatched'; readonly seat: SeatNumber }
  | { readonly kind: 'taken-over'; readonly seat: SeatNumber; readonly from: SeatNumber }
  /** The caller may ask for the unit that handles their order. */
  | { readonly kind: 'mask-offered' }
  /** A short number, or its PIN, is asked for. */
  | { readonly kind: 'mask-asked'; readonly key: 'short-number' | 'pin' }
  | {
      readonly kind: 'mask-routed'
      readonly binding: BindingId
      readonly order: WorkOrderId
      readonly short: ShortNumber
      readonly from: MaskSide
      readonly staff: StaffId | null
    }
  | {
      readonly kind: 'mask-refused'
      readonly why: MaskRefusal
      readonly binding: BindingId | null
      readonly order: WorkOrderId | null
    }
  /** This side's telephone is called. */
  | { readonly kind: 'mask-dialled'; readonly side: MaskSide }
  | { readonly kind: 'mask-not-reached'; readonly side: MaskSide; readonly cause: GoneCause }
  /** Both talk. */
  | { readonly kind: 'mask-connected' }
  | { readonly kind: 'rating-asked' }
  | { readonly kind: 'rated'; readonly grade: Grade }
  | { readonly kind: 'not-rated' }
  | { readonly kind: 'recovered'; readonly what: string }
  | {
      readonly kind: 'ended'
      readonly result: CallResult
      readonly reason: EndReason
      readonly by: Party
    }

export type Party = 'caller' | 'agent' | 'third-party' | 'system' | 'carrier'

/** Each call ends once, with blame. */
export type CallResult = 'completed' | 'abandoned' | 'caller-side' | 'our-fault' | 'carrier-fault'
export type EndReason =
  /** Talked, then one side hung up. */
  | 'hung-up'
  /** Gone during the greeting, before any queue. */
  | 'left-in-greeting'
  | 'left-in-menu'
  /** The IVR told what there was to tell. */
  | 'menu-goodbye'
  /** Gone while waiting in the queue. */
  | 'left-in-queue'
  /** Gone while a seat was being offered or rang. */
  | 'left-while-ringing'
  /** Gone after the seat answered, before both were connected. */
  | 'left-before-bridge'
  /** Gone while waiting to be put through to somebody else. */
  | 'left-in-transfer'
  | CallRefusal
  /** The agent's own phone did not pick up, or the agent thought better of it. */
  | 'not-dialled'
  /** The citizen was called and did not answer. */
  | 'not-reached'
  /** The citizen left the queue's call-back unanswered as often as it is tried. */
  | 'call-back-failed'
  /** Gone while a short number or its PIN was asked for, or before the other side answered. */
  | 'left-in-masking'
  /** A masked talk was as long as its binding allows. */
  | 'mask-talk-limit'
  /** The PBX died, or lost the call while we could not hear it. */
  | 'pbx-lost'

/** One row a call; every instant also stands on the timeline. Instants are null where it never came to that. */
export interface CallSummary {
  readonly call: CallId
  readonly arrivedAt: Instant
  /** When the caller first stood in the queue; offered to the ACD from then on. */
  readonly queuedAt: Instant | null
  readonly answeredAt: Instant | null
  readonly bridgedAt: Instant | null
  /** How long the citizen was in a talk, on hold included; null when it never came to one. */
  readonly talkMs: number | null
  readonly endedAt: Instant
  /** The citizen's leg, by which the recording is found; null when there never was one. */
  readonly leg: LegId | null
  /** The seat that answered first, else null. */
  readonly seat: SeatNumber | null
  readonly staff: StaffId | null
  readonly offers: number
  /** False: nothing of the voice is to be kept. */
  readonly records: boolean
  readonly result: CallResult
  readonly reason: EndReason
  readonly endedBy: Party
}

export interface SeatChange {
  readonly seat: SeatNumber
  readonly staff: StaffId | null
  readonly state: SeatStateName
  readonly reason: string | null
  readonly call: CallId | null
}

/** What a seat does in a call: it is its agent, is asked about it, or watches. `dial`: it began the call. */
export type SeatPurpose = 'call' | 'dial' | 'consult' | 'watch'

export type SeatStateName =
  | 'signed-out'
  | 'not-ready'
  | 'ready'
  | 'reserved'
  | 'ringing'
  | 'dialling'
  | 'talking'
  | 'holding'
  | 'consulting'
  | 'releasing'
  | 'wrap-up'
