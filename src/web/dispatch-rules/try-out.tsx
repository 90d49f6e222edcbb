import { useQuery } from '@tanstack/react-query'
import { Alert, Input, Spin, Tag } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import type { RuleTrial, SuggestedUnit, Suggestion } from '../../casework/dispatch/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { Field } from '../settings/field.tsx'
import styles from './dispatch-rules.module.css'
import { PRIORITY_COLOUR } from './rule-table.tsx'

interface Props {
  /** By which the answer changes, too. */
  readonly savedAt: number
  /** Null: nothing is tried, or there is no answer yet. */
  readonly onTrial: (trial: RuleTrial | null) => void
  /** What the answer does not know of. */
  readonly caution?: string | undefined
}

/** One sentence against the catalogue, answered as it is typed. */
export function TryOut({ savedAt, onTrial, caution }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [place, setPlace] = useState('')
  const asked = useDeferredValue(`${text}\n${place}`)
  const trial = useQuery({
    queryKey: ['duty-rules', 'try', asked, savedAt],
    queryFn: () => post<RuleTrial>('/api/duty-rules/try', { title: '', text, place, categoryCode: null }),
    enabled: text.trim() !== '',
    placeholderData: before => before,
  })
  const answer = text.trim() === '' ? undefined : trial.data
  useEffect(() => onTrial(answer ?? null), [answer, onTrial])
  return (
    <aside className={styles.try} data-testid="try-out">
      <h2>{t('dispatch-rules.try')}</h2>
      <p>{t('dispatch-rules.try.what')}</p>
      <Field label={t('dispatch-rules.try.text')}>
        <Input.TextArea
          value={text}
          autoSize={{ minRows: 3, maxRows: 8 }}
          placeholder={t('dispatch-rules.try.example')}
          onChange={event => setText(event.target.value)}
          data-testid="try-text"
        />
      </Field>
      <Field label={t('dispatch-rules.try.place')}>
        <Input
          value={place}
          placeholder={t('dispatch-rules.try.place.example')}
          onChange={event => setPlace(event.target.value)}
          data-testid="try-place"
        />
      </Field>
      {caution !== undefined && <Alert type="warning" showIcon title={caution} />}
      {trial.isError && <Alert type="error" showIcon title={t(problemKey(trial.error))} />}
      {answer === undefined ? trial.isFetching && <Spin /> : <Answer suggestion={answer.suggestion} />}
    </aside>
  )
}

function Answer({ suggestion: { area, categories, priority, units } }: { readonly suggestion: Suggestion }) {
  const { t } = useWords()
  const [category] = categories
  return (
    <div className={styles.answer} aria-live="polite" data-testid="try-answer">
      <dl>
        <dt>{t('dispatch-rules.category')}</dt>
        <dd>
          {category === undefined ? t('dispatch-rules.try.no-category') : <b>{category.name}</b>}
          {category !== undefined && <small>{category.words.join('、')}</small>}
        </dd>
        <dt>{t('dispatch-rules.area')}</dt>
        <dd>
          {area === null ? t('dispatch-rules.try.no-place') : <b>{area.name}</b>}
          {area !== null && area.candidates.length > 0 && (
            <small>
              {t('dispatch-rules.try.ambiguous', {
                names: area.candidates.map(({ name }) => name).join('、'),
              })}
            </small>
          )}
        </dd>
        <dt>{t('dispatch-rules.priority')}</dt>
        <dd>
          <Tag color={PRIORITY_COLOUR[priority.priority]}>
            {t(`dispatch-rules.priority.${priority.priority}`)}
          </Tag>
          <PriorityReason priority={priority} />
        </dd>
      </dl>
      {units.length === 0 && <Alert type="warning" showIcon title={t('dispatch-rules.try.no-unit')} />}
      <ol>
        {units.map(unit => (
          <Unit key={unit.unit} unit={unit} />
        ))}
      </ol>
    </div>
  )
}

function PriorityReason({ priority: { emergency, reason } }: { readonly priority: Suggestion['priority'] }) {
  const { t } = useWords()
  if (reason.code === 'ordinary') return <small>{t('dispatch-rules.try.ordinary')}</small>
  if (reason.code === 'rule') {
    const { position, version } = reason
    return <small>{t('dispatch-rules.reason.rule', { position, version })}</small>
  }
  return (
    <small>
      {emergency !== null && <b>{t('dispatch-rules.try.hand-over', { number: emergency })} · </b>}
      {t('dispatch-rules.try.words', { words: reason.words.join('、') })}
    </small>
  )
}

const ROLE_COLOUR = { lead: 'blue', co: 'cyan', alternative: 'default' } as const

function Unit({ unit: { unit, name, role, person, reasons } }: { readonly unit: SuggestedUnit }) {
  const { t } = useWords()
  return (
    <li data-testid={`try-unit-${unit}`}>
      <Tag color={ROLE_COLOUR[role]}>{t(`dispatch-rules.role.${role}`)}</Tag>
      <b>{name}</b>
      {person !== null && <span className={styles.person}>{person}</span>}
      {reasons.map(reason => (
        <small key={reason.code}>
          {reason.code === 'rule'
            ? `${t('dispatch-rules.reason.rule', reason)} ${reason.note}`
            : reason.code === 'history'
              ? t('dispatch-rules.reason.history', reason)
              : t('dispatch-rules.reason.area', reason)}
        </small>
      ))}
    </li>
  )
}
