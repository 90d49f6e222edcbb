import type { ActName } from '../../cases/life/acts.ts'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import type { Words } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'

type T = Words['t']
type UnitName = (id: string) => string

/** What a line of the timeline was written with, in words. */
interface Said {
  readonly t: T
  /** A part as it stands there; empty where there is none. */
  part(name: string): string
  unit(name: string): string
  /** 主办甲单位、协办乙单位. */
  units(): string
  /** A word of the catalogue `<kind>.<part>`. */
  word(kind: string, name: string): string
}

/** A sentence for each act: a new one does not compile without. */
const SENTENCES: { readonly [Name in ActName]: (said: Said) => string } = {
  register: ({ t }) => t('told.register'),
  'answer-directly': ({ t }) => t('told.answer-directly'),
  'hand-to-emergency': ({ t, part }) => t('told.hand-to-emergency', { number: part('number') }),
  'tell-legal-route': ({ t }) => t('told.tell-legal-route'),
  void: ({ t }) => t('told.void'),
  dispatch: ({ t, units }) => t('told.dispatch', { units: units() }),
  recall: ({ t }) => t('told.recall'),
  sign: ({ t, unit }) => t('told.sign', { unit: unit('unit') }),
  return: ({ t, unit }) => t('told.return', { unit: unit('unit') }),
  'accept-return': ({ t, unit }) => t('told.accept-return', { unit: unit('unit') }),
  'refuse-return': ({ t, unit }) => t('told.refuse-return', { unit: unit('unit') }),
  meet: ({ t, units }) => t('told.meet', { units: units() }),
  'pass-down': ({ t, unit }) => t('told.pass-down', { unit: unit('unit'), to: unit('to') }),
  'add-unit': ({ t, unit }) => t('told.add-unit', { unit: unit('unit') }),
  contact: ({ t, unit, word }) =>
    t('told.contact', { unit: unit('unit'), channel: word('channel', 'channel') }),
  arrive: ({ t, unit }) => t('told.arrive', { unit: unit('unit') }),
  answer: ({ t, unit, word }) => t('told.answer', { unit: unit('unit'), solved: word('solved', 'solved') }),
  approve: ({ t }) => t('told.approve'),
  'send-back': ({ t }) => t('told.send-back'),
  'ask-extension': ({ t, unit, part }) => t('told.ask-extension', { unit: unit('unit'), days: part('days') }),
  'grant-extension': ({ t }) => t('told.grant-extension'),
  'refuse-extension': ({ t }) => t('told.refuse-extension'),
  'ask-hold': ({ t, word }) => t('told.ask-hold', { kind: word('hold', 'kind') }),
  'grant-hold': ({ t }) => t('told.grant-hold'),
  'refuse-hold': ({ t }) => t('told.refuse-hold'),
  resume: ({ t }) => t('told.resume'),
  'miss-call-back': ({ t }) => t('told.miss-call-back'),
  rate: ({ t, word }) => t('told.rate', { grade: word('grade', 'grade'), solved: word('solved', 'solved') }),
  reopen: ({ t }) => t('told.reopen'),
  close: ({ t, word }) => t('told.close', { solved: word('solved', 'solved') }),
  supervise: ({ t, word }) => t('told.supervise', { level: word('supervision', 'level') }),
  'end-supervision': ({ t }) => t('told.end-supervision'),
  'change-priority': ({ t, part }) => t('told.change-priority', { priority: part('priority') }),
  merge: ({ t }) => t('told.merge'),
  unmerge: ({ t }) => t('told.unmerge'),
  note: ({ t }) => t('told.note'),
  archive: ({ t }) => t('told.archive'),
  'ask-override': ({ t, word }) => t('told.ask-override', { to: word('case.status', 'to') }),
  'agree-override': ({ t }) => t('told.agree-override'),
  'refuse-override': ({ t }) => t('told.refuse-override'),
}

/** A line of the timeline in words; one of a kind that is newer than this page is shown by its own name. */
export function sentenceOf({ kind, what, detail }: TimelineEntry, t: T, unitName: UnitName): string {
  if (kind === 'call') {
    const whose = known(t, `told.call.${what}.${textOf(detail.from)}`)
    return whose ?? known(t, `told.call.${what}`) ?? what
  }
  if (isActName(what)) return SENTENCES[what](saidOf(detail, t, unitName))
  if (what.startsWith('mask-')) return maskSentence(what, saidOf(detail, t, unitName))
  return (
    (what === 'link' ? known(t, `told.link.${linkOf(detail)}`) : null) ?? known(t, `told.${what}`) ?? what
  )
}

/** What was done with a short number, which and whose. */
function maskSentence(what: string, { t, part, unit }: Said): string {
  const number = [part('short'), unit('unit')].filter(text => text !== '').join(' · ')
  return `${known(t, `told.${what}`) ?? what} ${number}`
}

/** As the order on whose timeline it stands sees it. */
function linkOf({ kind, of, other }: TimelineEntry['detail']): string {
  return kind === 'part' && of === other ? 'parent' : textOf(kind)
}

export function isActName(name: string): name is ActName {
  return Object.hasOwn(SENTENCES, name)
}

function saidOf(detail: TimelineEntry['detail'], t: T, unitName: UnitName): Said {
  const part = (name: string) => textOf(detail[name])
  const unit = (name: string) => (part(name) === '' ? '' : unitName(part(name)))
  return {
    t,
    part,
    unit,
    units: () =>
      assigneesIn(detail.to)
        .map(({ role, id }) => `${known(t, `case.role.${role}`) ?? ''} ${unitName(id)}`)
        .join('、'),
    word: (kind, name) => known(t, `${kind}.${part(name)}`) ?? part(name),
  }
}

/** As the trail keeps it: JSON of which the page knows the parts that it reads. */
function assigneesIn(value: unknown): readonly { readonly role: string; readonly id: string }[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(one =>
    typeof one?.unit === 'string' ? [{ role: textOf(one.role), id: textOf(one.unit) }] : [],
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** Null for a word that is newer than this page. */
function known(t: T, key: string): string | null {
  return isPlainKey(key) ? t(key) : null
}

type Word = Extract<
  PlainTextKey,
  | `told.${'call' | 'link'}.${string}`
  | `case.role.${string}`
  | `case.status.${string}`
  | `${'channel' | 'solved' | 'hold' | 'grade' | 'supervision'}.${string}`
>
function isPlainKey(key: string): key is Word {
  return key in TEXTS
}
