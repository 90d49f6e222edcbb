import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { type CSSProperties, useState } from 'react'
import type { LineForm } from '../../floor/lines/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, problemWithin } from '../settings/fields.ts'
import { DAYS, OFFICE_HOURS, type Span, timeTyped, weekOf } from './line-form.ts'
import styles from './lines.module.css'

interface Props {
  /** What they are the hours of, and the field that the service names them by. */
  readonly label: string
  readonly field: string
  readonly hours: LineForm['hours']
  readonly problems: FieldProblems
  readonly onChange: (hours: LineForm['hours']) => void
}

/** Round the clock, or spans by weekday, with the week drawn as it comes out. */
export function HoursEditor({ label, field, hours, problems, onChange }: Props) {
  const { t } = useWords()
  const put = (index: number, span: Span) =>
    onChange((hours ?? []).map((one, at) => (at === index ? span : one)))
  return (
    <fieldset className={styles.hoursEditor} data-testid="hours">
      <legend>{label}</legend>
      <Segmented
        value={hours === null ? 'always' : 'spans'}
        onChange={chosen => onChange(chosen === 'always' ? null : [OFFICE_HOURS])}
        options={[
          { value: 'always', label: t('lines.hours.always') },
          { value: 'spans', label: t('lines.hours.spans') },
        ]}
      />
      {hours?.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place, as the service names it
        <div key={index} className={styles.span}>
          <SpanEditor span={span} onChange={changed => put(index, changed)} />
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('lines.hours.remove')}
            disabled={hours.length === 1}
            onClick={() => onChange(hours.filter((_, at) => at !== index))}
          />
          <SpanProblem problems={problems} field={`${field}.${index}`} />
        </div>
      ))}
      {hours !== null && (
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          onClick={() => onChange([...hours, { days: [6, 7], from: '09:00', to: '12:00' }])}
        >
          {t('lines.hours.add')}
        </Button>
      )}
      <Week hours={hours} />
    </fieldset>
  )
}

function SpanEditor({ span, onChange }: { readonly span: Span; readonly onChange: (span: Span) => void }) {
  const { t } = useWords()
  const toggle = (day: number) =>
    onChange({
      ...span,
      days: span.days.includes(day)
        ? span.days.filter(one => one !== day)
        : [...span.days, day].sort((a, b) => a - b),
    })
  return (
    <>
      <span className={styles.days}>
        {DAYS.map(day => (
          <button
            key={day}
            type="button"
            className={css(span.days.includes(day) && styles.chosen)}
            aria-pressed={span.days.includes(day)}
            onClick={() => toggle(day)}
          >
            {t(`lines.day.${day}`)}
          </button>
        ))}
      </span>
      <Time label={t('lines.hours.from')} value={span.from} onChange={from => onChange({ ...span, from })} />
      <span>–</span>
      <Time label={t('lines.hours.to')} value={span.to} onChange={to => onChange({ ...span, to })} />
      {span.to < span.from && <small className={styles.nextDay}>{t('lines.hours.next-day')}</small>}
    </>
  )
}

interface TimeProps {
  readonly label: string
  readonly value: string
  readonly onChange: (time: string) => void
}

/** Typed freely, `830` included; taken as a time of day when the field is left or Enter is pressed. */
function Time({ label, value, onChange }: TimeProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed !== null) onChange(timeTyped(typed))
    setTyped(null)
  }
  return (
    <Input
      className={styles.time ?? ''}
      value={typed ?? value}
      onChange={event => setTyped(event.target.value)}
      onBlur={take}
      onPressEnter={take}
      aria-label={label}
    />
  )
}

function SpanProblem({ problems, field }: { readonly problems: FieldProblems; readonly field: string }) {
  const problem = problemWithin(problems, field)
  return problem === undefined ? null : <Wrong problem={problem} />
}

const DAY_MINUTES = 24 * 60

function Week({ hours }: { readonly hours: LineForm['hours'] }) {
  const { t } = useWords()
  const week = weekOf(hours)
  const place = (from: number, to: number): CSSProperties => ({
    left: `${(from / DAY_MINUTES) * 100}%`,
    width: `${((to - from) / DAY_MINUTES) * 100}%`,
  })
  return (
    <div className={styles.week} aria-hidden="true">
      {DAYS.map(day => (
        <div key={day} className={styles.weekday}>
          <span>{t(`lines.day.${day}`)}</span>
          <i>
            {week
              .filter(stretch => stretch.day === day)
              .map(({ from, to }) => (
                <b key={`${from}-${to}`} style={place(from, to)} />
              ))}
          </i>
        </div>
      ))}
      <div className={styles.scale}>
        {[0, 6, 12, 18, 24].map(hour => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  )
}
