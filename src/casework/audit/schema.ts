import { type Static, type TSchema, Type } from 'typebox'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** What the audit log is about; each is a chain of its own. */
export const AUDIT_SUBJECTS = ['staff', 'roles', 'exports', 'identity'] as const

/**
 * One entry. `staffId` and `login` are null and `actorName` a job's name when the service did it by itself. `key`: whom
 * or what it was done to, a login, a list or an order's number; `orderId` is that order's.
 */
export const AuditRow = Type.Object({
  subject: Type.Enum(AUDIT_SUBJECTS),
  seq: Type.Integer(),
  at: Instant,
  staffId: orNull(Type.String()),
  login: orNull(Type.String()),
  actorName: Type.String(),
  act: Type.String(),
  key: Type.String(),
  orderId: orNull(Type.String()),
  why: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
  /** Hexadecimal. */
  hash: Type.String(),
})
export type AuditRow = Static<typeof AuditRow>

/** The newest first. `next`: the `cursor` of those before; null at the beginning of the log. */
export const AuditPage = Type.Object({ items: Type.Array(AuditRow), next: orNull(Type.String()) })
export type AuditPage = Static<typeof AuditPage>

const FILTERS = {
  subject: Type.Optional(Type.Enum(AUDIT_SUBJECTS)),
  /** A login, or a part of a name. */
  who: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  /** A part of what it was done to. */
  key: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  /** From the first instant up to and without the second. */
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
}

export const AuditFilter = Type.Object(FILTERS, { additionalProperties: false })
export type AuditFilter = Static<typeof AuditFilter>

export const AuditQuery = Type.Object(
  { ...FILTERS, cursor: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>

export const AuditExportQuery = Type.Object(
  { ...FILTERS, format: Type.Enum(['csv', 'xlsx']) },
  { additionalProperties: false },
)

export const LookersQuery = Type.Object({ from: Instant, to: Instant }, { additionalProperties: false })
export type LookersQuery = Static<typeof LookersQuery>

/** How often somebody looked at who is behind an order. */
export const Looker = Type.Object({
  login: Type.String(),
  name: Type.String(),
  looks: Type.Integer(),
  orders: Type.Integer(),
  lastAt: Instant,
})
export type Looker = Static<typeof Looker>

/** A day's anchor: `heads` chains grew on it, and `digest` (hexadecimal) is over them and the day before. */
const Anchor = Type.Object({
  day: Type.String(),
  heads: Type.Integer(),
  at: Instant,
  digest: Type.String(),
})

/** How far the trail is anchored. `due`: days that are over and have no anchor yet. */
export const ChainState = Type.Object({
  /** The newest first. */
  anchors: Type.Array(Anchor),
  due: Type.Integer(),
  /** Entries since the last anchor, kept by the triggers alone until theirs. */
  open: Type.Integer(),
})
export type ChainState = Static<typeof ChainState>
