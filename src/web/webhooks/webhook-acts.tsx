import { DeleteOutlined, KeyOutlined, PauseOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import type { Webhook } from '../../casework/webhooks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { removeWebhook, renewSecret, saveWebhook, WEBHOOKS_KEY } from './use-webhooks.ts'
import { formOf } from './webhook-form.ts'
import { nameOf } from './webhook-words.ts'
import styles from './webhooks.module.css'

interface Props {
  readonly webhook: Webhook
  /** A form with unsaved changes is over this version: nothing else may make another. */
  readonly dirty: boolean
  readonly onSecret: (secret: string) => void
  readonly onRemoved: () => void
}

/** What is done to a receiver as a whole. */
export function WebhookActs({ webhook, dirty, onSecret, onRemoved }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      message.error(t(problemKey(error)))
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: WEBHOOKS_KEY })
  }
  const setActive = (active: boolean) =>
    act(async () => {
      await saveWebhook({ ...formOf(webhook), active }, webhook)
      message.success(t(active ? 'webhooks.resumed' : 'webhooks.paused'))
    })
  const usual = { disabled: dirty || busy, title: dirty ? t('webhooks.unsaved-first') : undefined }
  const cancelText = t('settings.cancel')
  return (
    <span className={styles.acts}>
      {webhook.active ? (
        <Popconfirm
          title={t('webhooks.pause.sure')}
          description={t('webhooks.pause.what')}
          okText={t('webhooks.pause')}
          cancelText={cancelText}
          onConfirm={() => setActive(false)}
        >
          <Button {...usual} icon={<PauseOutlined />} data-testid="webhook-pause">
            {t('webhooks.pause')}
          </Button>
        </Popconfirm>
      ) : (
        <Button
          {...usual}
          type="primary"
          icon={<PlayCircleOutlined />}
          onClick={() => setActive(true)}
          data-testid="webhook-resume"
        >
          {t('webhooks.resume')}
        </Button>
      )}
      <Popconfirm
        title={t('webhooks.renew.sure')}
        description={t('webhooks.renew.what')}
        okText={t('webhooks.renew')}
        cancelText={cancelText}
        onConfirm={() => act(async () => onSecret((await renewSecret(webhook)).secret))}
      >
        <Button {...usual} icon={<KeyOutlined />} data-testid="webhook-renew">
          {t('webhooks.renew')}
        </Button>
      </Popconfirm>
      <Popconfirm
        title={t('webhooks.remove.sure', { name: nameOf(webhook) })}
        description={t('webhooks.remove.what')}
        okText={t('webhooks.remove')}
        okButtonProps={{ danger: true }}
        cancelText={cancelText}
        onConfirm={() =>
          act(async () => {
            await removeWebhook(webhook)
            message.success(t('webhooks.removed'))
            onRemoved()
          })
        }
      >
        <Button
          {...usual}
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t('webhooks.remove')}
          data-testid="webhook-remove"
        />
      </Popconfirm>
    </span>
  )
}
