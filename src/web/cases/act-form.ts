import type { ActForm } from '../../casework/life/schema.ts'
import type { UnitId, WorkOrderId } from '../../kernel/ids.ts'
import type { ActInput, FormName } from './acts.ts'

/** An act as it is sent: ids are what the service gave. */
export type Sendable<T> = T extends UnitId | WorkOrderId
  ? string
  : T extends readonly (infer One)[]
    ? readonly Sendable<One>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sendable<T[Key]> }
      : T
export type SentAct = Sendable<ActForm>
type Assignees = Extract<SentAct, { readonly do: 'dispatch' }>['to']

/** What each act sends, from a form in which nothing is missing. */
const BUILD: {
  readonly [Name in FormName]: (input: ActInput) => Omit<Extract<SentAct, { readonly do: Name }>, 'do'>
} = {
  'answer-directly': ({ text }) => ({ text }),
  'hand-to-emergency': ({ number }) => ({ number: given(number) }),
  'tell-legal-route': ({ route }) => ({ route }),
  void: ({ reason }) => ({ reason }),
  dispatch: input => ({ to: assignees(input), reason: input.reason }),
  recall: ({ reason }) => ({ reason }),
  sign: ({ unit }) => ({ unit: given(unit) }),
  return: ({ unit, reason, duty }) => ({ unit: given(unit), reason, duty }),
  'accept-return': ({ unit, reason }) => ({ unit: given(unit), reason }),
  'refuse-return': ({ unit, reason }) => ({ unit: given(unit), reason }),
  meet: input => ({ minutes: input.minutes, to: assignees(input) }),
  'pass-down': ({ unit, other, note }) => ({ unit: given(unit), to: given(other), note }),
  'add-unit': ({ other, reason }) => ({ unit: given(other), reason }),
  contact: ({ unit, channel, text }) => ({ unit: given(unit), channel: given(channel), text }),
  arrive: ({ unit, point }) => ({ unit: given(unit), point }),
  answer: ({ unit, text, solved }) => ({ unit: given(unit), text, solved: given(solved) }),
  approve: ({ note }) => ({ note }),
  'send-back': ({ reason }) => ({ reason }),
  'ask-extension': ({ unit, days, reason }) => ({ unit: given(unit), days: given(days), reason }),
  'grant-extension': () => ({}),
  'refuse-extension': ({ reason }) => ({ reason }),
  'ask-hold': ({ unit, holdKind, reason }) => ({ unit, kind: given(holdKind), reason }),
  'grant-hold': () => ({}),
  'refuse-hold': ({ reason }) => ({ reason }),
  resume: ({ reason }) => ({ reason }),
  'miss-call-back': ({ note }) => ({ note }),
  rate: ({ grade, solved, text }) => ({ grade: given(grade), solved: given(solved), text }),
  close: ({ solved, reason }) => ({ solved: given(solved), reason }),
  reopen: ({ reason }) => ({ reason }),
  supervise: ({ level, reason }) => ({ level: given(level), reason }),
  'end-supervision': ({ reason }) => ({ reason }),
  'change-priority': ({ priority, reason }) => ({ priority: given(priority), reason }),
  merge: ({ into, reason }) => ({ into: given(into), reason }),
  unmerge: ({ reason }) => ({ reason }),
  note: ({ text }) => ({ text }),
  'ask-override': ({ toStatus, reason }) => ({ to: given(toStatus), reason }),
  'agree-override': () => ({}),
  'refuse-override': ({ reason }) => ({ reason }),
}

/** @throws when something is missing: the form is asked first. */
export function actOf(name: FormName, input: ActInput): object {
  return { do: name, ...BUILD[name](input) }
}

function assignees({ lead, co }: ActInput): Assignees {
  const led = { unit: given(lead), role: 'lead', person: null } as const
  const others = co.filter(unit => unit !== lead).map(unit => ({ unit, role: 'co', person: null }) as const)
  return [led, ...others]
}

function given<Value>(value: Value | null): Value {
  if (value === null) throw new Error('sent without what the act needs')
  return value
}
