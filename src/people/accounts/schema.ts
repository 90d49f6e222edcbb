import { type Static, type TSchema, Type } from 'typebox'
import { GrantSchema } from '../roles/index.ts'
import { RoleSchema } from '../sessions/index.ts'

const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const Instant = Type.String({ format: 'date-time' })
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' })
const AgentNumber = orNull(Type.String({ pattern: '^[0-9]{3,6}$' }))
const Why = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
/** Who this is to the single sign-on: its `sub`. */
const SingleSignOn = orNull(Type.String({ minLength: 1, maxLength: 200 }))

/** What somebody may do: the desk, the roles, and who they are to the single sign-on. */
export const RightsForm = Type.Object(
  {
    role: RoleSchema,
    grants: Type.Array(GrantSchema, { maxItems: 50 }),
    singleSignOn: SingleSignOn,
  },
  { additionalProperties: false },
)
export type RightsForm = Static<typeof RightsForm>

export const RightsAsked = Type.Object(
  { ...RightsForm.properties, why: Why },
  { additionalProperties: false },
)

/** An account. `lastUsedAt` is that of the sessions that are open. */
export const Account = Type.Object({
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  role: RoleSchema,
  agentNumber: AgentNumber,
  active: Type.Boolean(),
  createdAt: Instant,
  closedAt: orNull(Instant),
  singleSignOn: SingleSignOn,
  grants: Type.Array(GrantSchema),
  sessions: Type.Integer(),
})
export type Account = Static<typeof Account>

/** By login; `next` is the `cursor` of those after. */
export const AccountPage = Type.Object({ items: Type.Array(Account), next: orNull(Type.String()) })
export type AccountPage = Static<typeof AccountPage>

export const AccountQuery = Type.Object(
  {
    /** In the login, the name or the agent number. */
    q: Type.Optional(Type.String({ maxLength: 40 })),
    role: Type.Optional(Type.String({ maxLength: 40 })),
    unit: Type.Optional(Type.String({ maxLength: 41 })),
    state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('closed')])),
    cursor: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type AccountQuery = Static<typeof AccountQuery>

/** A new account has no rights yet: those it is to have are asked for along with it. */
export const NewAccount = Type.Object(
  {
    login: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$' }),
    name: Name,
    agentNumber: AgentNumber,
    rights: RightsAsked,
  },
  { additionalProperties: false },
)
export type NewAccount = Static<typeof NewAccount>

export const AccountForm = Type.Object(
  { name: Name, agentNumber: AgentNumber },
  { additionalProperties: false },
)
export type AccountForm = Static<typeof AccountForm>

export const AccountParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const Reason = Type.Object({ why: Why }, { additionalProperties: false })
/** Read off the screen once; it is kept nowhere. */
export const DrawnPassword = Type.Object({ password: Type.String() })

export const PasswordForm = Type.Object(
  {
    current: Type.String({ minLength: 1, maxLength: 256 }),
    next: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
)
export type PasswordForm = Static<typeof PasswordForm>

export const ApprovalKindSchema = Type.Union([
  Type.Literal('rights'),
  Type.Literal('close'),
  Type.Literal('reopen'),
  Type.Literal('password'),
  Type.Literal('delete'),
])

/** What one asks for and another decides. `before` and `after` are there for rights. */
export const Approval = Type.Object({
  id: Type.Integer(),
  kind: ApprovalKindSchema,
  staff: Type.String(),
  login: Type.String(),
  name: Type.String(),
  before: orNull(RightsForm),
  after: orNull(RightsForm),
  why: Type.String(),
  askedBy: Type.String(),
  askedByName: Type.String(),
  askedAt: Instant,
  decision: orNull(Type.Union([Type.Literal('agreed'), Type.Literal('refused'), Type.Literal('withdrawn')])),
  decidedByName: orNull(Type.String()),
  decidedAt: orNull(Instant),
})
export type Approval = Static<typeof Approval>

/** Done at once, or waiting for a second person. */
export const Done = Type.Object({ approval: orNull(Approval), password: orNull(Type.String()) })
export type Done = Static<typeof Done>

export const Added = Type.Object({ account: Account, password: Type.String(), approval: Approval })
export type Added = Static<typeof Added>

export const ApprovalParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })
export const ApprovalQuery = Type.Object(
  { state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('decided')])) },
  { additionalProperties: false },
)

export const SessionView = Type.Object({
  id: Type.String(),
  createdAt: Instant,
  lastUsedAt: Instant,
  address: orNull(Type.String()),
  device: orNull(Type.String()),
  current: Type.Boolean(),
})
export type SessionView = Static<typeof SessionView>
