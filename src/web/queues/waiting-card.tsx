import { InputNumber, Segmented } from 'antd'
import type { QueueForm, QueueView } from '../../floor/queues/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import type { Editor } from '../settings/use-editor.ts'
import styles from './queues.module.css'

const UNSTAFFED: readonly QueueForm['whenUnstaffed'][] = ['wait', 'turn-away']

/** What callers hear while they wait, and what they meet where nobody could serve them. */
export function WaitingCard({ editor }: { readonly editor: Editor<QueueView, QueueForm> }) {
  const { t } = useWords()
  const { form, problems, change } = editor
  return (
    <section className={styles.card}>
      <h2>
        {t('queues.section.waiting')}
        <small>{t('queues.section.waiting.what')}</small>
      </h2>
      <div className={styles.half}>
        <Field
          label={t('queues.announceEveryMs')}
          problem={problemWithin(problems, 'announceEveryMs')}
          hint={t('queues.announceEveryMs.what')}
        >
          <InputNumber
            min={1}
            max={3_600}
            value={form.announceEveryMs === null ? null : form.announceEveryMs / 1_000}
            placeholder={t('queues.never')}
            onChange={seconds => change({ announceEveryMs: seconds === null ? null : seconds * 1_000 })}
            suffix={t('queues.steps.seconds')}
            data-testid="queue-announce"
          />
        </Field>
        <Field
          label={t('queues.whenUnstaffed')}
          problem={problemWithin(problems, 'whenUnstaffed')}
          hint={t('queues.whenUnstaffed.what')}
        >
          <Segmented<QueueForm['whenUnstaffed']>
            value={form.whenUnstaffed}
            onChange={whenUnstaffed => change({ whenUnstaffed })}
            options={UNSTAFFED.map(value => ({ value, label: t(`queues.whenUnstaffed.${value}`) }))}
            data-testid="queue-unstaffed"
          />
        </Field>
      </div>
    </section>
  )
}
