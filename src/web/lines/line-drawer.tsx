import { useQueryClient } from '@tanstack/react-query'
import { App, Drawer, Input, Segmented, Select, Switch } from 'antd'
import { useState } from 'react'
import type { LineForm, LineView } from '../../floor/lines/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { ask, get, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { useQueues } from '../queues/use-queues.ts'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { type Editor, useEditor } from '../settings/use-editor.ts'
import { HoursEditor } from './hours-editor.tsx'
import { BLANK_LINE, formOf, MERGE_MODES } from './line-form.ts'
import { useLineFields } from './line-words.ts'
import styles from './lines.module.css'

export const lineDrafts = new Drafts<LineView, LineForm>()

export function draftKey({ id }: Me, number: string): string {
  return `${id}/${number}`
}

interface Props {
  readonly me: Me
  /** The number that was opened, `new` for one more; null: none is. */
  readonly opened: string | null
  /** Null: there is no line of that number yet. */
  readonly view: LineView | null
  readonly onClose: () => void
  readonly onHistory: (number: string) => void
}

export function LineDrawer({ opened, view, onClose, ...rest }: Props) {
  const { t } = useWords()
  return (
    <Drawer
      open={opened !== null && (view !== null || opened === 'new')}
      onClose={onClose}
      size={500}
      mask={false}
      getContainer={false}
      rootStyle={{ position: 'absolute' }}
      destroyOnHidden
      title={view === null ? t('lines.new') : `${view.number} ${view.name}`}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
      data-testid="line-drawer"
    >
      {opened !== null && <LineEditor key={opened} opened={opened} view={view} onClose={onClose} {...rest} />}
    </Drawer>
  )
}

function LineEditor({ me, opened, view, onClose, onHistory }: Props & { readonly opened: string }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const fields = useLineFields()
  const [number, setNumber] = useState('')
  const editor = useEditor<LineView, LineForm>({
    drafts: lineDrafts,
    draftKey: draftKey(me, opened),
    view,
    formOf,
    blank: BLANK_LINE,
    save: (form, base) => (base === null ? addLine(number, form) : saveLine(form, base)),
    read: () => readLine(view?.number ?? number),
    onSaved() {
      message.success(t('settings.saved'))
      client.invalidateQueries({ queryKey: ['lines'] })
      if (view === null) onClose()
    },
  })
  const { problems } = editor
  return (
    <form className={styles.editor} onSubmit={event => event.preventDefault()} data-testid="line-editor">
      <div className={styles.fields}>
        {view === null && (
          <Field
            label={t('lines.number')}
            problem={problemWithin(problems, 'number')}
            hint={t('lines.number.what')}
          >
            <Input
              value={number}
              autoFocus
              onChange={event => setNumber(event.target.value.trim())}
              data-testid="line-number"
            />
          </Field>
        )}
        <LineFields editor={editor} />
      </div>
      <SaveBar
        editor={editor}
        isNew={view === null}
        onHistory={view === null ? null : () => onHistory(view.number)}
      />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

function LineFields({ editor }: { readonly editor: Editor<LineView, LineForm> }) {
  const { t, nameOf } = useWords()
  const queues = useQueues().data ?? []
  const { form, problems, change } = editor
  return (
    <>
      <Field label={t('lines.name')} problem={problemWithin(problems, 'name')}>
        <Input
          value={form.name}
          onChange={event => change({ name: event.target.value })}
          data-testid="line-name"
        />
      </Field>
      <Field label={t('lines.mergeMode')} problem={problemWithin(problems, 'mergeMode')}>
        <Segmented
          block
          value={form.mergeMode}
          onChange={mergeMode => change({ mergeMode })}
          options={MERGE_MODES.map(value => ({ value, label: t(`lines.mode.${value}`) }))}
        />
      </Field>
      <Field label={t('lines.queue')} problem={problemWithin(problems, 'queue')}>
        <Select
          value={form.queue === '' ? null : form.queue}
          onChange={queue => change({ queue: queue ?? '' })}
          options={queues.map(queue => ({ value: queue.id, label: nameOf(queue) }))}
          data-testid="line-queue"
        />
      </Field>
      <HoursEditor
        label={t('lines.hours')}
        field="hours"
        hours={form.hours}
        problems={problems}
        onChange={hours => change({ hours })}
      />
      <div className={styles.switches}>
        <Field label={t('lines.greets')} hint={t('lines.greets.what')}>
          <Switch checked={form.greets} onChange={greets => change({ greets })} />
        </Field>
        <Field label={t('lines.active')} hint={t('lines.active.what')}>
          <Switch checked={form.active} onChange={active => change({ active })} data-testid="line-active" />
        </Field>
      </div>
    </>
  )
}

async function addLine(number: string, form: LineForm): Promise<LineView> {
  return (await ask<LineView>('/api/lines', { method: 'POST', body: { number, ...form } })).body
}

async function saveLine(form: LineForm, { number, version }: LineView): Promise<LineView> {
  const path = `/api/lines/${encodeURIComponent(number)}`
  return (await ask<LineView>(path, { method: 'PUT', body: form, ifMatch: `"${version}"` })).body
}

async function readLine(number: string): Promise<LineView> {
  const found = (await get<readonly LineView[]>('/api/lines')).find(line => line.number === number)
  if (found === undefined) throw new Problem('not-found', `line ${number}`)
  return found
}
