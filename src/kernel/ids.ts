/** One type per entity, so that a seat's number is never taken for a line's. At run time all are strings. */
declare const entity: unique symbol
type Id<Entity extends string> = string & { readonly [entity]: Entity }

/** A call from the citizen's INVITE to its end: UUIDv7, sorted by arrival. */
export type CallId = Id<'call'>
/** One channel of the PBX. A seat's leg is chosen by us: see `seatLegId`. */
export type LegId = Id<'leg'>
export type BridgeId = Id<'bridge'>
export type PlaybackId = Id<'playback'>
/** The extension of a seat, 1001–1200. */
export type SeatNumber = Id<'seat'>
/** A number that citizens dial (号码), as the trunk presents it: 12345, 83 merged lines. */
export type LineNumber = Id<'line'>
export type QueueId = Id<'queue'>
/** A skill (技能): a language, a field of work, a department's seat. */
export type SkillId = Id<'skill'>
/** A kind of shift (班次): early, late, night. */
export type ShiftId = Id<'shift'>
/** A member of staff (人员). */
export type StaffId = Id<'staff'>
/** 工号, spoken digit by digit to the caller. */
export type AgentNumber = Id<'agent-number'>
export type WorkOrderId = Id<'work-order'>
/** A unit that handles orders (承办单位): a bureau, a district, a street, a community, a utility. */
export type UnitId = Id<'unit'>
/** Somebody who asks the city for something (市民、企业). */
export type CitizenId = Id<'citizen'>
/** What ties a short number to an order, its citizen and a unit for a time (号码绑定). */
export type BindingId = Id<'binding'>
/** A number of ours that stands for two people's (虚拟短号), 4–6 digits here; form and length are data. */
export type ShortNumber = Id<'short-number'>
/** An area of the city (区、街道、社区), by its code; a code begins with that of the area around it. */
export type AreaCode = Id<'area'>

/** Brands a checked string; the only cast of ids in the house. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T
}

/**
 * Ids that belong to a call are derived, not drawn: a repeated command then collides in the PBX
 * instead of ringing a phone twice, and a replayed journal names the same channels.
 */
export function seatLegId(call: CallId, attempt: number): LegId {
  return asId(`${call}-seat-${attempt}`)
}
/** A leg that we call outside, over the trunk. */
export function outsideLegId(call: CallId, attempt: number): LegId {
  return asId(`${call}-out-${attempt}`)
}
/** The leg through which a supervisor hears a call. */
export function snoopLegId(call: CallId, attempt: number): LegId {
  return asId(`${call}-snoop-${attempt}`)
}
/** Tells a leg that we named from one that the PBX did. */
export function isOurLeg(leg: string): boolean {
  return /-(seat|out|snoop)-[0-9]+$/.test(leg)
}
export function bridgeId(call: CallId): BridgeId {
  return asId(`${call}-bridge`)
}
/** Where the agent consults a third party apart from the citizen. */
export function sideBridgeId(call: CallId): BridgeId {
  return asId(`${call}-side`)
}
/** Where a supervisor listens. */
export function watchBridgeId(call: CallId): BridgeId {
  return asId(`${call}-watch`)
}
export function playbackId(call: CallId, what: string): PlaybackId {
  return asId(`${call}-${what}`)
}
