import { InputNumber, Segmented, Switch } from 'antd'
import { useState } from 'react'
import type { QueueForm, QueueView } from '../../floor/queues/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import type { Editor } from '../settings/use-editor.ts'
import { type CallBack, fromMinutes, minutes, USUAL_CALL_BACK } from './queue-form.ts'
import styles from './queues.module.css'

/** 排队回拨: whether it is offered at all, and how it is done. */
export function CallBackCard({ editor }: { readonly editor: Editor<QueueView, QueueForm> }) {
  const { t } = useWords()
  const { callBack, steps } = editor.form
  // Switched off and on again it is as it was.
  const [last, setLast] = useState<CallBack>(callBack ?? USUAL_CALL_BACK)
  const put = (plan: CallBack | null) => {
    if (plan !== null) setLast(plan)
    editor.change({ callBack: plan })
  }
  const offered = steps.some(step => step.do === 'offer-call-back')
  return (
    <section className={styles.card} data-testid="call-back">
      <h2 className={styles.switch}>
        {t('queues.callBack')}
        <Switch
          size="small"
          checked={callBack !== null}
          onChange={on => put(on ? last : null)}
          aria-label={t('queues.callBack.on')}
          data-testid="call-back-on"
        />
        <small>{t('queues.callBack.what')}</small>
      </h2>
      {callBack !== null && <Plan editor={editor} plan={callBack} onChange={put} />}
      {callBack !== null && !offered && <p className={styles.warn}>{t('queues.callBack.not-offered')}</p>}
    </section>
  )
}

interface PlanProps {
  readonly editor: Editor<QueueView, QueueForm>
  readonly plan: CallBack
  readonly onChange: (plan: CallBack) => void
}

function Plan({ editor: { problems }, plan, onChange }: PlanProps) {
  const { t } = useWords()
  const whole = (count: number | null) => Math.round(count ?? 1)
  return (
    <div className={styles.plan}>
      <Field
        label={t('queues.callBack.first')}
        problem={problemWithin(problems, 'callBack.first')}
        hint={t(`queues.callBack.first.${plan.first}.what`)}
      >
        <Segmented<CallBack['first']>
          value={plan.first}
          onChange={first => onChange({ ...plan, first })}
          options={(['agent', 'caller'] as const).map(value => ({
            value,
            label: t(`queues.callBack.first.${value}`),
          }))}
          data-testid="call-back-first"
        />
      </Field>
      <Field label={t('queues.callBack.tries')} problem={problemWithin(problems, 'callBack.tries')}>
        <InputNumber
          min={1}
          max={10}
          value={plan.tries}
          onChange={tries => onChange({ ...plan, tries: whole(tries) })}
          suffix={t('queues.callBack.times')}
          data-testid="call-back-tries"
        />
      </Field>
      <Field
        label={t('queues.callBack.retryAfterMs')}
        problem={problemWithin(problems, 'callBack.retryAfterMs')}
      >
        <InputNumber
          min={0.5}
          max={60}
          step={0.5}
          value={minutes(plan.retryAfterMs)}
          onChange={count => onChange({ ...plan, retryAfterMs: fromMinutes(count ?? 1) })}
          suffix={t('queues.minutes')}
          data-testid="call-back-retry"
        />
      </Field>
      <Field
        label={t('queues.callBack.withinMs')}
        problem={problemWithin(problems, 'callBack.withinMs')}
        hint={t('queues.callBack.within.what')}
      >
        <InputNumber
          min={1}
          max={1_440}
          value={minutes(plan.withinMs)}
          onChange={count => onChange({ ...plan, withinMs: fromMinutes(count ?? 1) })}
          suffix={t('queues.minutes')}
          data-testid="call-back-within"
        />
      </Field>
    </div>
  )
}
