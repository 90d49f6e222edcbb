import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import type { ClockLimits } from '../../cases/clocks/limits.ts'
import type { CurrentLimitsView } from '../../casework/clocks/schema.ts'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { ask } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, type FieldView, problemWithin } from '../settings/fields.ts'
import { useEditor } from '../settings/use-editor.ts'
import styles from './case-rules.module.css'
import { linesOf } from './differences.ts'
import { ExtensionInput, LimitInput, NumberInput } from './limit-cell.tsx'
import { EXTENDED, KINDS } from './limit-form.ts'
import { LimitGrid } from './limit-grid.tsx'
import { LIMIT_PART_NAMES, LIMIT_PARTS } from './limit-words.ts'
import { PublishBar } from './publish-bar.tsx'
import { readLimits, useCheck } from './use-case-rules.ts'

export type LimitsDraft = ClockLimits & { readonly why: string }

export const limitsDrafts = new Drafts<CurrentLimitsView, LimitsDraft>()
const limitsForm = ({ limits }: CurrentLimitsView): LimitsDraft => ({ ...limits, why: '' })
const MINUTE_MS = 60_000
const MOST_SPANS = 4

interface Props {
  readonly view: CurrentLimitsView
  readonly draftKey: string
  readonly onSaved: (view: CurrentLimitsView) => void
  readonly onHistory: () => void
}

export function LimitsEditor({ view, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const fields = useLimitFields()
  const editor = useEditor<CurrentLimitsView, LimitsDraft>({
    drafts: limitsDrafts,
    draftKey,
    view,
    formOf: limitsForm,
    blank: limitsForm(view),
    save: async (body, base) =>
      (
        await ask<CurrentLimitsView>('/api/clock-limits', {
          method: 'PUT',
          body,
          ifMatch: `"${base?.version ?? view.version}"`,
        })
      ).body,
    read: readLimits,
    onSaved(saved) {
      message.success(t('case-rules.limits.saved', { version: saved.version }))
      onSaved(saved)
    },
  })
  const { why, ...limits } = editor.form
  const problems = useCheck('/api/clock-limits/check', limits, editor.dirty)
  return (
    <form className={styles.form} onSubmit={event => event.preventDefault()} data-testid="limits">
      <LimitsForm
        limits={limits}
        problems={problems}
        disabled={false}
        onChange={part => editor.change(part)}
      />
      <PublishBar
        editor={editor}
        problems={problems}
        why={why}
        onWhy={text => editor.change({ why: text })}
        onHistory={onHistory}
      />
      <ConflictDialog editor={editor} fields={fields} formOf={limitsForm} />
    </form>
  )
}

function useLimitFields(): readonly FieldView<LimitsDraft>[] {
  const { t, nameOf } = useWords()
  const types = new Map(useWorkOrderTypes().map(type => [type.code, nameOf(type)]))
  return [
    ...LIMIT_PART_NAMES.map(field => ({
      field,
      label: t(`case-rules.part.${field}`),
      show: (limits: LimitsDraft) => linesOf(new Map(LIMIT_PARTS[field](t, limits, types))),
    })),
    { field: 'why', label: t('case-rules.why'), show: ({ why }) => why },
  ]
}

interface FormProps {
  readonly limits: ClockLimits
  readonly problems: FieldProblems
  readonly disabled: boolean
  readonly onChange: (part: Partial<ClockLimits>) => void
}

export function LimitsForm({ limits, problems, disabled, onChange }: FormProps) {
  const { t } = useWords()
  return (
    <div className={styles.scroll}>
      <Part title={t('case-rules.part.limits')} what={t('case-rules.part.limits.what')}>
        <LimitGrid
          field="limits"
          kinds={KINDS}
          rows={limits.limits}
          problems={problems}
          onRow={(kind, row) => onChange({ limits: { ...limits.limits, [kind]: row } })}
          cell={props => <LimitInput {...props} disabled={disabled} />}
        />
      </Part>
      <Part title={t('case-rules.part.extensions')} what={t('case-rules.part.extensions.what')}>
        <LimitGrid
          field="extensions"
          kinds={EXTENDED}
          rows={limits.extensions}
          problems={problems}
          onRow={(kind, row) => onChange({ extensions: { ...limits.extensions, [kind]: row } })}
          cell={props => <ExtensionInput {...props} disabled={disabled} />}
        />
      </Part>
      <div className={styles.parts}>
        <HoursPart limits={limits} problems={problems} disabled={disabled} onChange={onChange} />
        <DispatchPart limits={limits} problems={problems} disabled={disabled} onChange={onChange} />
        <EscalationPart limits={limits} problems={problems} disabled={disabled} onChange={onChange} />
      </div>
    </div>
  )
}

export function Part(props: { readonly title: string; readonly what: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>
        {props.title} <small>{props.what}</small>
      </h2>
      {props.children}
    </section>
  )
}

function HoursPart({ limits: { hours }, problems, disabled, onChange }: FormProps) {
  const { t } = useWords()
  const put = (index: number, part: object) =>
    onChange({ hours: hours.map((one, at) => (at === index ? { ...one, ...part } : one)) })
  const whole = problems.hours
  return (
    <Part title={t('case-rules.part.hours')} what={t('case-rules.part.hours.what')}>
      {hours.map((span, index) => {
        const problem = problems[`hours.${index}`]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place, as the service names it
          <p key={index} className={css(styles.line, problem !== undefined && styles.bad)}>
            {(['from', 'to'] as const).map(end => (
              <input
                key={end}
                type="text"
                className={styles.time}
                maxLength={5}
                placeholder="08:30"
                aria-label={t(`case-rules.${end}`)}
                value={span[end]}
                disabled={disabled}
                onChange={event => put(index, { [end]: event.target.value })}
              />
            ))}
            {!disabled && hours.length > 1 && (
              <Button
                size="small"
                type="text"
                onClick={() => onChange({ hours: hours.filter((_, at) => at !== index) })}
              >
                {t('case-rules.remove')}
              </Button>
            )}
            {problem !== undefined && <Wrong problem={problem} />}
          </p>
        )
      })}
      {whole !== undefined && <Wrong problem={whole} />}
      {!disabled && hours.length < MOST_SPANS && (
        <Button
          size="small"
          type="dashed"
          onClick={() => onChange({ hours: [...hours, { from: '18:00', to: '20:00' }] })}
        >
          {t('case-rules.hours.add')}
        </Button>
      )}
    </Part>
  )
}

function DispatchPart({ limits: { dispatch }, problems, disabled, onChange }: FormProps) {
  const { t } = useWords()
  return (
    <Part title={t('case-rules.part.dispatch')} what={t('case-rules.part.dispatch.what')}>
      {(['capMs', 'floorMs'] as const).map(name => (
        <Minutes
          key={name}
          label={t(`case-rules.dispatch.${name}`)}
          ms={dispatch[name]}
          problem={problems[`dispatch.${name}`]}
          disabled={disabled}
          onChange={ms => onChange({ dispatch: { ...dispatch, [name]: ms } })}
        />
      ))}
    </Part>
  )
}

function EscalationPart({ limits: { escalateSignAfterMs }, problems, disabled, onChange }: FormProps) {
  const { t } = useWords()
  return (
    <Part
      title={t('case-rules.part.escalateSignAfterMs')}
      what={t('case-rules.part.escalateSignAfterMs.what')}
    >
      {escalateSignAfterMs.map((ms, index) => (
        <Minutes
          // biome-ignore lint/suspicious/noArrayIndexKey: a time is known by its place, as the service names it
          key={index}
          label={t('case-rules.escalation', { index: index + 1 })}
          ms={ms}
          problem={problemWithin(problems, `escalateSignAfterMs.${index}`)}
          disabled={disabled}
          onChange={next =>
            onChange({
              escalateSignAfterMs: escalateSignAfterMs.map((one, at) => (at === index ? next : one)),
            })
          }
        />
      ))}
    </Part>
  )
}

interface MinutesProps {
  readonly label: string
  readonly ms: number
  readonly problem: string | undefined
  readonly disabled: boolean
  readonly onChange: (ms: number) => void
}

function Minutes({ label, ms, problem, disabled, onChange }: MinutesProps) {
  const { t } = useWords()
  return (
    <p className={css(styles.line, problem !== undefined && styles.bad)}>
      <span className={styles.name}>{label}</span>
      <NumberInput
        label={label}
        value={ms / MINUTE_MS}
        disabled={disabled}
        onChange={value => onChange(value * MINUTE_MS)}
      />
      {t('case-rules.unit.minutes')}
      {problem !== undefined && <Wrong problem={problem} />}
    </p>
  )
}
