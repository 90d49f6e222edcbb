import type { ProblemView } from '../../floor/ivr/schema.ts'
import type { useWords } from '../kit/language.tsx'
import { TEXTS, type TextKey } from '../kit/texts.ts'

type Translate = ReturnType<typeof useWords>['t']

/** `按键 3`, `工作时间`: a way on from a node, or a field of it; null: the node as a whole. */
export function placeText(t: Translate, at: string | null): string {
  if (at === null) return ''
  if (/^[0-9*#]$/.test(at)) return t('ivr.at.key', { key: at })
  const [field = '', language] = at.split('.')
  const named =
    wordOf(t, `ivr.by.${field}`) ?? wordOf(t, `ivr.at.${field}`) ?? wordOf(t, `ivr.field.${field}`)
  const spoken = language === undefined ? null : wordOf(t, `ivr.language.${language}`)
  return [named ?? field, spoken ?? language].filter(Boolean).join(' · ')
}

export function problemText(t: Translate, { at, problem }: Pick<ProblemView, 'at' | 'problem'>): string {
  const what = wordOf(t, `ivr.problem.${problem}`) ?? t('ivr.problem.other')
  const where = placeText(t, at)
  return where === '' ? what : `${where}：${what}`
}

/** The fields of a refusal as problems again: `nodes.<id>.<at>`. */
export function problemsIn(fields: Readonly<Record<string, string>>): readonly ProblemView[] {
  return Object.entries(fields).map(([field, problem]) => {
    const [, node = null, ...at] = field.startsWith('nodes.') ? field.split('.') : []
    return { node, at: at.length === 0 ? null : at.join('.'), problem }
  })
}

/** Keys put together from what the service says; null: no such word. */
function wordOf(t: Translate, key: string): string | null {
  return isPlain(key) ? t(key) : null
}

type PlainIvrKey = Extract<
  TextKey,
  `ivr.problem.${string}` | `ivr.by.${string}` | `ivr.field.${string}` | `ivr.language.${string}`
>
function isPlain(key: string): key is PlainIvrKey {
  return key in TEXTS
}
