/**
 * What a role may do; roles are data (which rights, over which unit), rights are what the code asks for. A right that
 * is granted over a unit holds for that unit and all below it; one granted without a unit holds for the whole city.
 */
export const RIGHTS = [
  /** Register orders, answer directly, hand to the emergency services, tell the legal route. */
  'order.register',
  /** Read every order of the city. */
  'order.read-all',
  /** Read every order of the city but the secret ones of others. */
  'order.read-open',
  /** Read the orders that were handed over to discipline inspection. */
  'order.read-referred',
  /** Read the orders of the granted unit. */
  'order.read-unit',
  'order.dispatch',
  /** Make void, merge, unmerge, tie together. */
  'order.lead',
  /** Rule on a second return, hold a joint meeting. */
  'order.rule',
  /** Grant or refuse extensions and holds. */
  'order.grant',
  'order.review',
  /** Ask citizens how it went, for the whole city. */
  'order.call-back',
  'order.supervise',
  /** Hand over to discipline inspection. */
  'order.refer',
  /** Ask for, and agree to, a move outside the table. */
  'order.override',
  /** Sign, handle and answer for the granted unit; call citizens back about it. */
  'unit.handle',
  /** Ask for extensions and more units, pass orders down, for the granted unit. */
  'unit.lead',
  /** Look citizens up: by number, by name, with all they asked for. */
  'citizen.read',
  /** See who is behind a secret order, with a reason that is logged. */
  'identity.see',
  /** Take lists away as files. */
  'export',
  /** Duty catalogue, units, clocks, the life table. */
  'settings.edit',
  'staff.edit',
  'audit.read',
  /** Webhooks and accounts of other systems. */
  'integration.edit',
] as const

export type Right = (typeof RIGHTS)[number]
