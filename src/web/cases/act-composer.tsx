import { Alert, App, Button, Form } from 'antd'
import { useState } from 'react'
import type { CaseView, TimelineEntry } from '../../casework/life/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { codeOf, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { ActAsked } from './act-asked.tsx'
import { ActChanges } from './act-changes.tsx'
import type { ActDraft } from './act-drafts.ts'
import { ActField } from './act-fields.tsx'
import { actOf } from './act-form.ts'
import { undoOf } from './act-undo.ts'
import styles from './acts.module.css'
import {
  type ActInput,
  EMPTY_ACT,
  FIELDS,
  type FieldName,
  missingFields,
  type Offered,
  offered,
  takesPhotos,
} from './acts.ts'
import { useAttaching } from './attach.ts'
import { useDone } from './done.tsx'
import { LikelyUnits } from './likely-units.tsx'
import { MergePreview } from './merge-preview.tsx'
import { PhotoField } from './photo-field.tsx'
import { newKey, sendAct, useAct } from './use-case.ts'

interface Props {
  readonly act: Offered
  readonly draft: ActDraft
  /** What is known before anybody has written: it goes before what was begun. */
  readonly preset: Partial<ActInput>
  readonly view: CaseView
  readonly form: WorkOrder | null
  readonly timeline: readonly TimelineEntry[]
  readonly onClose: () => void
}

/** What an act needs to be told, beside the order itself; Ctrl+Enter sends, Escape leaves it. */
export function ActComposer({ act, draft, preset, view, form, timeline, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const done = useDone()
  const attach = useAttaching(view.id)
  const [input, setInput] = useState<ActInput>(() => ({
    ...EMPTY_ACT,
    unit: act.units[0] ?? null,
    ...draft.read(),
    ...preset,
  }))
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [key, setKey] = useState(newKey)
  const [problems, setProblems] = useState<Readonly<Partial<Record<FieldName, string>>>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  /** How much of the timeline had been seen when somebody else was quicker. */
  const [seen, setSeen] = useState<number | null>(null)
  const sending = useAct(view.id)
  const possible = offered(view.possible).some(({ name }) => name === act.name)
  const asked = FIELDS[act.name].filter(field => field !== 'unit' || act.units.length > 1)

  const change = (part: Partial<ActInput>) => {
    const changed = { ...input, ...part }
    setInput(changed)
    draft.write(changed)
    setProblems({})
    setRefusal(null)
    // Something else under the same key would be refused.
    setKey(newKey())
  }
  const refused = (error: unknown) => {
    if (codeOf(error) === 'changed-meanwhile') return setSeen(timeline.length)
    const named =
      error instanceof Problem ? fieldsOf(error.fields).filter(field => asked.includes(field)) : []
    if (named.length > 0) {
      setProblems(Object.fromEntries(named.map(field => [field, t('field.wrong')])))
    } else setRefusal(t(problemKey(error)))
  }
  /** They follow what was done: that it was done does not wait for them. */
  const sendPhotos = async () => {
    if (photos.length === 0) return
    const hide = message.loading(t('photos.sending'), 0)
    await attach(photos)
    hide()
  }
  const send = () => {
    if (sending.isPending || !possible) return
    const missing = missingFields(act.name, input)
    if (missing.length > 0) {
      setProblems(Object.fromEntries(missing.map(field => [field, t(missingKey(field))])))
      return
    }
    sending.mutate(
      { form: actOf(act.name, input), version: view.version, key },
      {
        onError: refused,
        onSuccess: after => {
          const undo = undoOf(act.name, view, after, t('acts.undo.reason'))
          const takeBack = (form: object) => () =>
            sendAct(view.id, { form, version: after.version, key: newKey() })
          done(t('acts.done', { act: t(`act.${act.name}`) }), undo === null ? null : takeBack(undo))
          void sendPhotos()
          draft.forget()
          onClose()
        },
      },
    )
  }
  return (
    <section
      ref={focusFirst}
      className={styles.composer}
      aria-label={t(`act.${act.name}`)}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        else if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
      data-testid={`composer-${act.name}`}
    >
      <h3>{t(`act.${act.name}`)}</h3>
      {seen !== null && <ActChanges entries={timeline.slice(seen)} />}
      {!possible && <Alert type="warning" showIcon title={t('acts.not-now')} />}
      {refusal !== null && <Alert type="error" showIcon title={refusal} data-testid="act-refused" />}
      <ActAsked view={view} act={act.name} />
      {asked.includes('lead') && form !== null && (
        <LikelyUnits form={form} chosen={input.lead} onChoose={lead => change({ lead })} />
      )}
      <Form layout="vertical" className={styles.fields ?? ''} onFinish={send}>
        {asked.map(field => (
          <ActField
            key={field}
            act={act.name}
            field={field}
            input={input}
            view={view}
            units={act.units}
            problem={problems[field] ?? null}
            onChange={change}
          />
        ))}
        {takesPhotos(act.name) && (
          <Form.Item label={t('field.photos')}>
            <PhotoField photos={photos} onChange={setPhotos} />
          </Form.Item>
        )}
        {act.name === 'merge' && input.into !== null && (
          <MergePreview view={view} form={form} into={input.into} />
        )}
        <footer>
          <Button onClick={onClose}>
            {t('acts.cancel')} <kbd>Esc</kbd>
          </Button>
          <Button
            type="primary"
            htmlType="submit"
            loading={sending.isPending}
            disabled={!possible}
            data-testid="act-send"
          >
            {t('acts.send')} <kbd>Ctrl+Enter</kbd>
          </Button>
        </footer>
      </Form>
    </section>
  )
}

/** The keys are the form's from the start. */
function focusFirst(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>('form :is(input, textarea, [type=submit])')?.focus()
}

function missingKey(field: FieldName): 'field.missing' | 'field.choose' {
  return typeof EMPTY_ACT[field] === 'string' ? 'field.missing' : 'field.choose'
}

/** The form's names for what the service calls otherwise. */
const SERVICE_NAMES: Readonly<Record<string, FieldName>> = { kind: 'holdKind', to: 'lead' }

function fieldsOf(fields: Problem['fields']): readonly FieldName[] {
  return Object.keys(fields).flatMap(path => {
    const name = path.split('.')[0] ?? ''
    const own = SERVICE_NAMES[name] ?? name
    return isField(own) ? [own] : []
  })
}
function isField(name: string): name is FieldName {
  return Object.hasOwn(EMPTY_ACT, name)
}
