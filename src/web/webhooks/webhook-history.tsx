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

/** A change of nothing that is shown is one of the secret. */
export function WebhookHistory({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useWords()
  const fields = useWebhookFields()
  const changes = useWebhookChanges(webhook.id)
  if (changes.isPending) return <Spin />
  if (changes.isError) return <Alert type="error" showIcon title={t(problemKey(changes.error))} />
  if (changes.data.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('settings.history.none')} />
  }
  return (
    <ol className={`${shared.history} ${styles.changes}`} data-testid="webhook-history">
      {changes.data.map(change => {
        const parts = changedParts(fields, change.before, change.after, isWebhook)
        const renewed = parts.length === 0 && change.before !== null
        return (
          <Change key={change.id} change={change} title={renewed ? t('webhooks.renew') : ''} parts={parts} />
        )
      })}
    </ol>
  )
}
