import { Checkbox, Input } from 'antd'
import type { Webhook, WebhookForm } from '../../casework/webhooks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import type { Editor } from '../settings/use-editor.ts'
import { EVENTS, toggled } from './webhook-form.ts'
import { useEventName } from './webhook-words.ts'
import styles from './webhooks.module.css'

export function WebhookFields({ editor }: { readonly editor: Editor<Webhook, WebhookForm> }) {
  const { t } = useWords()
  const { form, problems, change } = editor
  return (
    <>
      <Field label={t('webhooks.note')} problem={problemWithin(problems, 'note')}>
        <Input
          value={form.note}
          maxLength={200}
          placeholder={t('webhooks.note.example')}
          onChange={event => change({ note: event.target.value })}
          data-testid="webhook-note"
        />
      </Field>
      <Field label={t('webhooks.url')} problem={problemWithin(problems, 'url')} hint={t('webhooks.url.hint')}>
        <Input
          value={form.url}
          placeholder="https://"
          spellCheck={false}
          onChange={event => change({ url: event.target.value.trim() })}
          data-testid="webhook-url"
        />
      </Field>
      <Events events={form.events} onChange={events => change({ events })} />
    </>
  )
}

interface EventsProps {
  /** None: all there are. */
  readonly events: WebhookForm['events']
  readonly onChange: (events: WebhookForm['events']) => void
}

/** All, or some; the last that is ticked stays, since none would mean all. */
function Events({ events, onChange }: EventsProps) {
  const { t } = useWords()
  const eventName = useEventName()
  const all = events.length === 0
  return (
    <fieldset className={styles.events} data-testid="webhook-events">
      <legend>{t('webhooks.events')}</legend>
      <Checkbox checked={all} onChange={() => onChange(all ? [...EVENTS] : [])}>
        {t('webhooks.events.all')} <small>{t('webhooks.events.what')}</small>
      </Checkbox>
      <div className={styles.some}>
        {EVENTS.map(event => {
          const ticked = all || events.includes(event)
          return (
            <Checkbox
              key={event}
              checked={ticked}
              disabled={all || (ticked && events.length === 1)}
              onChange={() => onChange(toggled(events, event))}
            >
              {eventName(event)}
            </Checkbox>
          )
        })}
      </div>
    </fieldset>
  )
}
