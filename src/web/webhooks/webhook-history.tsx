import { Alert, Empty, Spin } from 'antd'
import type { Webhook, WebhookForm } from '../../casework/webhooks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { Change } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { useWebhookChanges } from './use-webhooks.ts'
import { useWebhookFields } from './webhook-words.ts'
import styles from './webhooks.module.css'

const isWebhook = hasFields<WebhookForm>(['url', 'events', 'active', 'note'])

/** The secret itself is never shown: what changed nothing else has changed that. */
export function WebhookHistory({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useWords()
  const fields = useWebhookFields()
  const changes = useWebhookChanges(webhook.id)
  const renewed = { label: t('webhooks.secret'), before: null, after: t('webhooks.secret.renewed') }
  if (changes.isPending) return <Spin />
  if (changes.isError) return <Alert type="error" showIcon title={t(problemKey(changes.error))} />
  if (changes.data.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('settings.history.none')} />
  }
  return (
    <ol className={`${shared.history} ${styles.changes}`} data-testid="webhook-history">
      {changes.data.map(change => {
        const parts = changedParts(fields, change.before, change.after, isWebhook)
        const shown = parts.length === 0 ? [renewed] : parts
        return <Change key={change.id} change={change} title="" parts={shown} />
      })}
    </ol>
  )
}
