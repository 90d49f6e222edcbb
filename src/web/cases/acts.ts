import type { Position } from '../../cases/life/acts.ts'
import type { CaseGrade, OrderStatus, Priority } from '../../cases/life/order.ts'
import type { ActForm } from '../../casework/life/schema.ts'

/** All that a form of an act may ask for; what is not asked stays as it is here. */
export interface ActInput {
  readonly unit: string | null
  readonly lead: string | null
  readonly co: readonly string[]
  /** The unit below, or the one to be added. */
  readonly other: string | null
  readonly into: string | null
  readonly reason: string
  readonly text: string
  readonly note: string
  readonly minutes: string
  readonly duty: string
  readonly route: string
  readonly days: number | null
  readonly holdKind: 'need-info' | 'legal-procedure' | null
  readonly channel: 'phone' | 'visit' | 'sms' | 'wechat' | 'other' | null
  readonly solved: boolean | null
  readonly grade: CaseGrade | null
  readonly level: 1 | 2 | 3 | 4 | 5 | null
  readonly priority: Priority | null
  readonly number: '110' | '119' | '120' | '122' | null
  readonly toStatus: OrderStatus | null
  readonly point: Position | null
}
export type FieldName = keyof ActInput

export const EMPTY_ACT: ActInput = {
  unit: null,
  lead: null,
  co: [],
  other: null,
  into: null,
  reason: '',
  text: '',
  note: '',
  minutes: '',
  duty: '',
  route: '',
  days: null,
  holdKind: null,
  channel: null,
  solved: null,
  grade: null,
  level: null,
  priority: null,
  number: null,
  toStatus: null,
  point: null,
}

export type FormName = ActForm['do']
export const OPTIONAL: ReadonlySet<FieldName> = new Set<FieldName>(['co', 'point'])

/** The fields of each act's form, in its order; `unit` is asked where one acts for several. */
export const FIELDS: { readonly [Name in FormName]: readonly FieldName[] } = {
  'answer-directly': ['text'],
  'hand-to-emergency': ['number'],
  'tell-legal-route': ['route'],
  void: ['reason'],
  dispatch: ['lead', 'co', 'reason'],
  recall: ['reason'],
  sign: ['unit'],
  return: ['unit', 'reason', 'duty'],
  'accept-return': ['unit', 'reason'],
  'refuse-return': ['unit', 'reason'],
  meet: ['lead', 'co', 'minutes'],
  'pass-down': ['unit', 'other', 'note'],
  'add-unit': ['other', 'reason'],
  contact: ['unit', 'channel', 'text'],
  arrive: ['unit', 'point'],
  answer: ['unit', 'solved', 'text'],
  approve: ['note'],
  'send-back': ['reason'],
  'ask-extension': ['unit', 'days', 'reason'],
  'grant-extension': [],
  'refuse-extension': ['reason'],
  'ask-hold': ['unit', 'holdKind', 'reason'],
  'grant-hold': [],
  'refuse-hold': ['reason'],
  resume: ['reason'],
  'miss-call-back': ['note'],
  rate: ['grade', 'solved', 'text'],
  close: ['solved', 'reason'],
  reopen: ['reason'],
  supervise: ['level', 'reason'],
  'end-supervision': ['reason'],
  'change-priority': ['priority', 'reason'],
  merge: ['into', 'reason'],
  unmerge: ['reason'],
  note: ['text'],
  'ask-override': ['toStatus', 'reason'],
  'agree-override': [],
  'refuse-override': ['reason'],
}

/** The acts as buttons: what is done most comes first. */
const BY_USE: readonly FormName[] = [
  ...(['sign', 'dispatch', 'approve', 'rate', 'answer', 'contact', 'send-back', 'miss-call-back'] as const),
  ...(['grant-extension', 'refuse-extension', 'grant-hold', 'refuse-hold'] as const),
  ...(['accept-return', 'refuse-return', 'agree-override', 'refuse-override', 'arrive', 'resume'] as const),
  ...(['reopen', 'return', 'pass-down', 'add-unit', 'ask-extension', 'ask-hold', 'meet'] as const),
  ...(['answer-directly', 'hand-to-emergency', 'tell-legal-route', 'recall', 'change-priority'] as const),
  ...(['supervise', 'end-supervision', 'close', 'merge', 'unmerge', 'note', 'void', 'ask-override'] as const),
]

export interface Offered {
  readonly name: FormName
  /** For which units it may be done; null among them: for the order itself. */
  readonly units: readonly (string | null)[]
}

/** What the service says is possible, each act once, what is done most first. */
export function offered(
  possible: readonly { readonly do: string; readonly unit: string | null }[],
): readonly Offered[] {
  return BY_USE.flatMap(name => {
    const units = possible.filter(one => one.do === name).map(({ unit }) => unit)
    return units.length === 0 ? [] : [{ name, units }]
  })
}

/** Done at once, without a form: there is nothing to say. */
export function isPlain({ name, units }: Offered): boolean {
  return name === 'sign' && units.length === 1
}

/** Done where something is to be seen: photos go with it. */
export function takesPhotos(name: FormName): boolean {
  return name === 'arrive'
}

export function missingFields(name: FormName, input: ActInput): readonly FieldName[] {
  return FIELDS[name].filter(field => {
    const value = input[field]
    if (OPTIONAL.has(field) || (name === 'ask-hold' && field === 'unit')) return false
    return typeof value === 'string' ? value.trim() === '' : value === null
  })
}
