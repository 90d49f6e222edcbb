import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import type { StepForm } from '../../floor/queues/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, problemWithin } from '../settings/fields.ts'
import { DOINGS, doing, movedStep, oneMoreStep, PROMPTS } from './queue-form.ts'
import styles from './queues.module.css'
import { useQueues } from './use-queues.ts'

interface Props {
  /** The queue's own id: its callers are not sent to where they are. */
  readonly own: string
  readonly steps: readonly StepForm[]
  readonly problems: FieldProblems
  readonly onChange: (steps: StepForm[]) => void
}

/** The steps of the escalation in their order; a step that is moved takes the time of its new place. */
export function StepsEditor({ own, steps, problems, onChange }: Props) {
  const { t } = useWords()
  return (
    <section className={styles.card} data-testid="steps">
      <h2>
        {t('queues.steps')}
        <small>{t('queues.steps.what')}</small>
      </h2>
      {steps.length === 0 && <p className={styles.none}>{t('queues.steps.none')}</p>}
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place, as the service names it
          <li key={index} className={styles.row} data-testid={`step-${index}`}>
            <Step
              own={own}
              index={index}
              step={step}
              onChange={changed => onChange(steps.map((one, at) => (at === index ? changed : one)))}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('queues.steps.up')}
              disabled={index === 0}
              onClick={() => onChange(movedStep(steps, index, index - 1))}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('queues.steps.down')}
              disabled={index === steps.length - 1}
              onClick={() => onChange(movedStep(steps, index, index + 1))}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('queues.remove')}
              onClick={() => onChange(steps.filter((_, at) => at !== index))}
            />
            <StepProblem problems={problems} field={`steps.${index}`} />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange(oneMoreStep(steps))}
        data-testid="step-add"
      >
        {t('queues.steps.add')}
      </Button>
    </section>
  )
}

function Step(props: {
  readonly own: string
  readonly index: number
  readonly step: StepForm
  readonly onChange: (step: StepForm) => void
}) {
  const { t } = useWords()
  const { own, index, step, onChange } = props
  return (
    <>
      <span className={styles.after}>{t('queues.steps.after')}</span>
      <InputNumber
        className={styles.seconds ?? ''}
        min={1}
        max={3_600}
        value={step.afterMs / 1_000}
        onChange={seconds => onChange({ ...step, afterMs: (seconds ?? 1) * 1_000 })}
        suffix={t('queues.steps.seconds')}
        aria-label={t('queues.steps.after')}
      />
      <Select
        className={styles.do ?? ''}
        value={step.do}
        onChange={what => onChange({ afterMs: step.afterMs, ...doing(what) })}
        options={DOINGS.map(value => ({ value, label: t(`queues.do.${value}`) }))}
        aria-label={t('queues.steps')}
        data-testid={`step-do-${index}`}
      />
      <span className={styles.grow}>
        <With own={own} step={step} onChange={onChange} />
      </span>
    </>
  )
}

/** What goes with what the step does. */
function With({ own, step, onChange }: Omit<Parameters<typeof Step>[0], 'index'>) {
  const { t, nameOf } = useWords()
  const queues = useQueues().data ?? []
  switch (step.do) {
    case 'lower-levels':
    case 'raise-priority':
      return (
        <InputNumber
          min={1}
          max={100}
          value={step.by ?? null}
          onChange={by => onChange({ ...step, by: by ?? 1 })}
          suffix={t(step.do === 'lower-levels' ? 'queues.by.levels' : 'queues.points')}
          aria-label={t(`queues.do.${step.do}`)}
        />
      )
    case 'play':
      return (
        <Select
          className={styles.whole ?? ''}
          value={step.prompt ?? null}
          onChange={prompt => prompt !== null && onChange({ ...step, prompt })}
          options={PROMPTS.map(value => ({ value, label: t(`queues.prompt.${value}`) }))}
          aria-label={t('queues.step.prompt')}
        />
      )
    case 'add-queue':
    case 'overflow':
      return (
        <Select
          className={styles.whole ?? ''}
          value={step.queue ?? null}
          placeholder={t('queues.step.queue')}
          onChange={queue => queue !== null && onChange({ ...step, queue })}
          options={queues
            .filter(queue => queue.id !== own)
            .map(queue => ({ value: queue.id, label: nameOf(queue) }))}
          aria-label={t('queues.step.queue')}
        />
      )
    case 'offer-call-back':
      return <small className={styles.after}>{t('queues.offer-call-back.what')}</small>
  }
}

function StepProblem({ problems, field }: { readonly problems: FieldProblems; readonly field: string }) {
  const problem = problemWithin(problems, field)
  return problem === undefined ? null : <Wrong problem={problem} />
}
