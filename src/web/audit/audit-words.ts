import type { AuditRow } from '../../casework/audit/schema.ts'
import { useWords } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import { isSame } from '../settings/merge.ts'
import { grantWords } from '../staff/grant-words.ts'
import { useRoles, useUnits } from '../staff/use-staff.ts'

const STEPS = ['asked', 'agreed', 'refused', 'withdrawn'] as const

/** An act in words; one that is newer than this page by its code. What takes two people has a step as well. */
export function useActName(): (act: string) => string {
  const { t } = useWords()
  const plain = (act: string) => textFor(`audit.act.${act}`, t) ?? act
  return act => {
    const step = STEPS.find(one => act.endsWith(`-${one}`))
    const known = textFor(`audit.act.${act}`, t)
    if (known !== null || step === undefined) return known ?? act
    return t(`audit.step.${step}`, { act: plain(act.slice(0, -step.length - 1)) })
  }
}

/** What it was done to: a list by its name, all else as it stands. */
export function useKeyName(): (row: Pick<AuditRow, 'subject' | 'key'>) => string {
  const { t } = useWords()
  return ({ subject, key }) => (subject === 'exports' ? (textFor(`audit.list.${key}`, t) ?? key) : key)
}

export interface DetailPart {
  readonly name: string
  readonly label: string
  /** Null: there is no such side. */
  readonly before: string | null
  readonly after: string | null
}

/** Both sides of what is different, where the entry has sides; then all else that it holds. */
export function useDetailParts(): (detail: AuditRow['detail']) => {
  readonly changed: readonly DetailPart[]
  readonly others: readonly { readonly name: string; readonly label: string; readonly value: string }[]
} {
  const { t } = useWords()
  const valueText = useValueText()
  const labelOf = (name: string) => textFor(`audit.part.${name}`, t) ?? name
  return ({ before, after, ...others }) => {
    const [one, other] = [asRecord(before), asRecord(after)]
    const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])]
    const side = (record: Readonly<Record<string, unknown>> | null, name: string) =>
      record !== null && name in record ? valueText(name, record[name]) : null
    return {
      changed: names
        .filter(name => one === null || other === null || !isSame(one[name], other[name]))
        .map(name => ({ name, label: labelOf(name), before: side(one, name), after: side(other, name) })),
      others: Object.entries(others).map(([name, value]) => ({
        name,
        label: labelOf(name),
        value: valueText(name, value),
      })),
    }
  }
}

function useValueText(): (name: string, value: unknown) => string {
  const { t, language } = useWords()
  const names = { roles: useRoles().data ?? [], units: useUnits().data ?? [], language }
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('settings.none')
    if (Array.isArray(value)) return value.length === 0 ? t('settings.none') : value.map(text).join('、')
    const record = asRecord(value)
    if (record === null) return String(value)
    const inside = Object.entries(record)
    return inside.length === 0
      ? t('settings.none')
      : inside.map(([name, one]) => `${name} ${text(one)}`).join('；')
  }
  return (name, value) => {
    if (name === 'role') return textFor(`shell.role.${String(value)}`, t) ?? text(value)
    if (name !== 'grants' || !Array.isArray(value) || value.length === 0) return text(value)
    return value.map(grant => (isGrant(grant) ? grantWords(grant, names) : text(grant))).join('、')
  }
}

function isGrant(value: unknown): value is { readonly role: string; readonly unit: string | null } {
  const grant = asRecord(value)
  return typeof grant?.role === 'string' && (grant.unit === null || typeof grant.unit === 'string')
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

function textFor(key: string, t: (key: WordKey) => string): string | null {
  return isKey(key) ? t(key) : null
}

type WordKey = Extract<PlainTextKey, `audit.${'act' | 'list' | 'part'}.${string}` | `shell.role.${string}`>
function isKey(key: string): key is WordKey {
  return key in TEXTS
}
