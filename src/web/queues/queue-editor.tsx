import { App, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { QueueForm, QueueView } from '../../floor/queues/schema.ts'
import { ask, get, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import type { Drafts } from '../settings/drafts.ts'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { type Editor, useEditor } from '../settings/use-editor.ts'
import { CallBackCard } from './call-back-card.tsx'
import { NeedsEditor } from './needs-editor.tsx'
import { useQueueFields } from './queue-fields.ts'
import { BLANK_QUEUE, formOf } from './queue-form.ts'
import { QueueNow } from './queue-now.tsx'
import styles from './queues.module.css'
import { StepsEditor } from './steps-editor.tsx'
import { StrategyChoice } from './strategy-choice.tsx'
import { WaitingCard } from './waiting-card.tsx'

interface Props {
  /** Null: it is to be added. */
  readonly view: QueueView | null
  readonly drafts: Drafts<QueueView, QueueForm>
  readonly draftKey: string
  readonly onSaved: (view: QueueView) => void
  readonly onHistory: (() => void) | null
}

export function QueueEditor({ view, drafts, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const fields = useQueueFields()
  const [id, setId] = useState('')
  const editor = useEditor<QueueView, QueueForm>({
    drafts,
    draftKey,
    view,
    formOf,
    blank: BLANK_QUEUE,
    save: (form, base) => (base === null ? addQueue(id, form) : saveQueue(form, base)),
    read: () => readQueue(view?.id ?? id),
    onSaved(saved) {
      message.success(t('settings.saved'))
      onSaved(saved)
    },
  })
  return (
    <form className={styles.editor} onSubmit={event => event.preventDefault()} data-testid="queue-editor">
      <div className={styles.scroll}>
        {view !== null && <QueueNow queue={view} />}
        <div className={styles.columns}>
          <div className={styles.column}>
            <Names editor={editor} view={view} id={id} onId={setId} />
            <StrategyChoice value={editor.form.strategy} onChange={strategy => editor.change({ strategy })} />
          </div>
          <div className={styles.column}>
            <NeedsEditor
              needs={editor.form.needs}
              problems={editor.problems}
              onChange={needs => editor.change({ needs })}
            />
            <Order editor={editor} />
            <WaitingCard editor={editor} />
            <CallBackCard editor={editor} />
            <StepsEditor
              own={view?.id ?? id}
              steps={editor.form.steps}
              problems={editor.problems}
              onChange={steps => editor.change({ steps })}
            />
          </div>
        </div>
      </div>
      <SaveBar editor={editor} isNew={view === null} onHistory={onHistory} />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

interface NamesProps {
  readonly editor: Editor<QueueView, QueueForm>
  readonly view: QueueView | null
  readonly id: string
  readonly onId: (id: string) => void
}

function Names({ editor, view, id, onId }: NamesProps) {
  const { t } = useWords()
  const { form, problems, change } = editor
  return (
    <section className={styles.card}>
      <div className={styles.pair}>
        <Field label={t('queues.nameZh')} problem={problemWithin(problems, 'nameZh')}>
          <Input
            value={form.nameZh}
            onChange={event => change({ nameZh: event.target.value })}
            data-testid="queue-name-zh"
          />
        </Field>
        <Field label={t('queues.nameEn')} problem={problemWithin(problems, 'nameEn')}>
          <Input
            value={form.nameEn}
            onChange={event => change({ nameEn: event.target.value })}
            data-testid="queue-name-en"
          />
        </Field>
        {view === null && (
          <Field label={t('queues.id')} problem={problemWithin(problems, 'id')} hint={t('queues.id.what')}>
            <Input value={id} onChange={event => onId(event.target.value)} data-testid="queue-id" />
          </Field>
        )}
      </div>
    </section>
  )
}

function Order({ editor }: { readonly editor: Editor<QueueView, QueueForm> }) {
  const { t } = useWords()
  const { form, problems, change } = editor
  return (
    <section className={styles.card}>
      <h2>{t('queues.section.order')}</h2>
      <div className={styles.triple}>
        <Field
          label={t('queues.priority')}
          problem={problemWithin(problems, 'priority')}
          hint={t('queues.priority.what')}
        >
          <InputNumber
            min={0}
            value={form.priority}
            onChange={priority => change({ priority: priority ?? 0 })}
            suffix={t('queues.points')}
            data-testid="queue-priority"
          />
        </Field>
        <Field
          label={t('queues.ageingPerMinute')}
          problem={problemWithin(problems, 'ageingPerMinute')}
          hint={t('queues.ageingPerMinute.what')}
        >
          <InputNumber
            min={0}
            value={form.ageingPerMinute}
            onChange={points => change({ ageingPerMinute: points ?? 0 })}
            suffix={t('queues.points')}
          />
        </Field>
        <Field
          label={t('queues.mostWaiting')}
          problem={problemWithin(problems, 'mostWaiting')}
          hint={t('queues.mostWaiting.what')}
        >
          <InputNumber
            min={0}
            value={form.mostWaiting}
            placeholder={t('queues.no-limit')}
            onChange={mostWaiting => change({ mostWaiting })}
            suffix={t('queues.people')}
          />
        </Field>
      </div>
    </section>
  )
}

async function addQueue(id: string, form: QueueForm): Promise<QueueView> {
  return (await ask<QueueView>('/api/queues', { method: 'POST', body: { id, ...form } })).body
}

async function saveQueue(form: QueueForm, { id, version }: QueueView): Promise<QueueView> {
  const path = `/api/queues/${encodeURIComponent(id)}`
  return (await ask<QueueView>(path, { method: 'PUT', body: form, ifMatch: `"${version}"` })).body
}

async function readQueue(id: string): Promise<QueueView> {
  const found = (await get<readonly QueueView[]>('/api/queues')).find(queue => queue.id === id)
  if (found === undefined) throw new Problem('not-found', `queue ${id}`)
  return found
}
