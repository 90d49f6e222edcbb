/** What the service says over HTTP and Socket.IO. Every `…At` and `since` is ISO 8601 with its zone. */

export type Role = 'agent' | 'shift-lead' | 'quality' | 'admin'

export interface Me {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly role: Role
  /** Null for staff who take no calls. */
  readonly agentNumber: string | null
  readonly seat: string | null
}

export type SeatStateName =
  | 'signed-out'
  | 'not-ready'
  | 'ready'
  | 'reserved'
  | 'ringing'
  | 'talking'
  | 'releasing'
  | 'wrap-up'

export type PhoneKind = 'browser' | 'sip'

/** Where a seat goes when its call is over. */
export type AfterCall =
  | { readonly name: 'ready' }
  | { readonly name: 'not-ready'; readonly reason: string }
  | { readonly name: 'signed-out' }

export interface SeatView {
  readonly number: string
  readonly state: SeatStateName
  readonly reason: string | null
  readonly since: string
  readonly phone: PhoneKind
  /** The PBX can reach the phone. */
  readonly registered: boolean
  readonly deskConnected: boolean
  readonly callId: string | null
  readonly callerNumber: string | null
  readonly wrapUpEndsAt: string | null
  readonly after: AfterCall | null
}

/** One seat of the room, as shown where a seat is chosen. */
export interface SeatOfRoom {
  readonly number: string
  readonly state: SeatStateName
  readonly reason: string | null
  readonly since: string
  readonly agentName: string | null
  readonly agentNumber: string | null
  readonly registered: boolean
  readonly deskConnected: boolean
}

/** What the browser's phone registers with. */
export interface PhoneAccount {
  readonly uri: string
  readonly username: string
  readonly password: string
  readonly wsUrl: string
  readonly realm: string
}

export interface MySeat {
  readonly seat: SeatView
  /** Null when the agent uses a SIP phone of their own. */
  readonly phone: PhoneAccount | null
}

export type CallResult = 'completed' | 'abandoned' | 'caller-side' | 'our-fault' | 'carrier-fault'
export type WorkOrderStatus = 'draft' | 'registered'

export interface EarlierCall {
  readonly id: string
  readonly at: string
  readonly lineName: string | null
  readonly agentName: string | null
  readonly result: CallResult | null
}

export interface OpenWorkOrder {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly status: WorkOrderStatus
  readonly openedAt: string
}

/** The screen-pop. `id` is the cursor a desk resumes from. */
export interface Pop {
  readonly id: number
  readonly callId: string
  readonly attempt: number
  /** Empty when withheld. */
  readonly callerNumber: string
  readonly dialled: string
  readonly line: { readonly number: string; readonly name: string }
  readonly waitedMs: number
  readonly offeredAt: string
  /** The work order that this call will have, should it be answered. */
  readonly draft: string
  readonly earlierCalls: readonly EarlierCall[]
  readonly openWorkOrders: readonly OpenWorkOrder[]
}

export interface Snapshot {
  readonly seat: SeatView | null
  readonly pop: Pop | null
  readonly cursor: number | null
}

export interface Alarm {
  readonly code: string
  readonly text: string
}

export interface NotReadyReason {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  /** False: only the system sets it. */
  readonly choosable: boolean
}

export interface CallRow {
  readonly id: string
  readonly callerNumber: string
  readonly dialled: string
  readonly lineName: string | null
  readonly arrivedAt: string
  readonly answeredAt: string | null
  readonly bridgedAt: string | null
  readonly endedAt: string | null
  readonly waitMs: number | null
  readonly talkMs: number | null
  readonly seat: string | null
  readonly agentName: string | null
  readonly result: CallResult | null
  readonly reason: string | null
  readonly endedBy: 'caller' | 'agent' | 'system' | 'carrier' | null
  readonly workOrder: {
    readonly id: string
    readonly number: string
    readonly status: WorkOrderStatus
    readonly title: string
  } | null
  readonly recording: 'none' | 'waiting' | 'ready' | 'missing'
  /** The recording's length does not fit the talk's: a person must look. */
  readonly lengthDiffers: boolean
}

export interface CallPage {
  readonly items: readonly CallRow[]
  readonly next: string | null
}

/** What an agent writes into a work order. */
export interface WorkOrderInput {
  readonly typeCode: string | null
  readonly categoryCode: string | null
  readonly title: string
  readonly text: string
  readonly place: string
  readonly secret: boolean
}

export interface WorkOrder extends WorkOrderInput {
  readonly id: string
  readonly number: string
  readonly callId: string | null
  readonly status: WorkOrderStatus
  readonly callerNumber: string
  readonly lineNumber: string | null
  readonly openedAt: string
  readonly savedAt: string | null
  readonly version: number
}

export interface WorkOrderType {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
}

export interface Category {
  readonly code: string
  readonly parentCode: string | null
  readonly nameZh: string
}

/** Why the service said no; `unreachable` and `unexpected` are this side's own. */
export type ProblemCode =
  | 'not-signed-in'
  | 'wrong-password'
  | 'too-many-attempts'
  | 'not-allowed'
  | 'not-found'
  | 'bad-input'
  | 'changed-meanwhile'
  | 'exists-already'
  | 'seat-unknown'
  | 'seat-taken'
  | 'agent-has-seat'
  | 'no-seat'
  | 'seat-busy'
  | 'phone-not-registered'
  | 'desk-not-connected'
  | 'not-in-wrap-up'
  | 'no-call'
  | 'recording-not-ready'
  | 'unavailable'
  | 'unreachable'
  | 'unexpected'
