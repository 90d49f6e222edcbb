import type { WebhookForm, WebhookRow } from '../../casework/webhooks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import type { FieldView } from '../settings/fields.ts'

/** By what people call it; the host of its address while it has no name. */
export function nameOf({ note, url }: Pick<WebhookRow, 'note' | 'url'>): string {
  return note || (URL.parse(url)?.host ?? url)
}

export type Standing = 'paused' | 'failing' | 'quiet' | 'on'

/** What a glance wants to know: whether somebody has to look after it. */
export function standingOf({ active, health }: WebhookRow): Standing {
  if (!active) return 'paused'
  if (health.retrying > 0 || health.givenUp > 0) return 'failing'
  return health.lastDeliveredAt === null ? 'quiet' : 'on'
}

export function useEventName(): (event: string) => string {
  const { t } = useWords()
  return event => {
    const key = `webhooks.event.${event}`
    return isKey(key) ? t(key) : event
  }
}

/** Why an attempt was no success: in words where there are some, else by its code. */
export function useProblemText(): (problem: string | null, status: number | null) => string {
  const { t } = useWords()
  return (problem, status) => {
    const key = `webhooks.fails.${problem}`
    const words = problem === null ? '' : isKey(key) ? t(key) : problem
    return [status === null ? '' : `HTTP ${status}`, words].filter(part => part !== '').join(' · ')
  }
}

/** The parts of a webhook in words. */
export function useWebhookFields(): readonly FieldView<WebhookForm>[] {
  const { t } = useWords()
  const eventName = useEventName()
  return [
    { field: 'note', label: t('webhooks.note'), show: form => form.note || t('settings.none') },
    { field: 'url', label: t('webhooks.url'), show: form => form.url },
    {
      field: 'events',
      label: t('webhooks.events'),
      show: form =>
        form.events.length === 0 ? t('webhooks.events.all') : form.events.map(eventName).join('、'),
    },
    {
      field: 'active',
      label: t('webhooks.state'),
      show: form => t(form.active ? 'webhooks.active.yes' : 'webhooks.active.no'),
    },
  ]
}

type WordKey = Extract<PlainTextKey, `webhooks.${'event' | 'fails'}.${string}`>
function isKey(key: string): key is WordKey {
  return key in TEXTS
}
