import { useQueryClient } from '@tanstack/react-query'
import { App, Drawer, Segmented } from 'antd'
import { useState } from 'react'
import type { Webhook, WebhookForm } from '../../casework/webhooks/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import lines from '../lines/lines.module.css'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts, useDrafts } from '../settings/drafts.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { useEditor } from '../settings/use-editor.ts'
import { goTo } from '../shell/place.ts'
import { Deliveries } from './deliveries.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { addWebhook, readWebhook, saveWebhook, WEBHOOKS_KEY } from './use-webhooks.ts'
import { WebhookActs } from './webhook-acts.tsx'
import { WebhookFields } from './webhook-fields.tsx'
import { BLANK_WEBHOOK, formOf } from './webhook-form.ts'
import { WebhookHistory } from './webhook-history.tsx'
import { nameOf, useWebhookFields } from './webhook-words.ts'
import styles from './webhooks.module.css'

export const PATH = 'webhooks'
export const NEW = 'new'
const TABS = ['settings', 'deliveries', 'history'] as const
type Tab = (typeof TABS)[number]

const drafts = new Drafts<Webhook, WebhookForm>()

interface Props {
  readonly me: Me
  /** The id of the one that was opened, `new` for one more; null: none is. */
  readonly opened: string | null
  readonly tab: string | null
  /** Null: there is none of that id. */
  readonly view: Webhook | null
}

export function WebhookDrawer({ me, opened, tab: named, view }: Props) {
  const { t } = useWords()
  const draftKey = `${me.id}/${opened}`
  const dirty = useDrafts(drafts).has(draftKey)
  const [secret, setSecret] = useState<string | null>(null)
  const tab: Tab = TABS.find(one => one === named) ?? 'settings'
  const close = () => goTo(PATH)
  return (
    <>
      <Drawer
        open={opened !== null && (view !== null || opened === NEW)}
        onClose={close}
        size={720}
        mask={false}
        getContainer={false}
        rootStyle={{ position: 'absolute' }}
        destroyOnHidden
        title={view === null ? t('webhooks.new') : nameOf(view)}
        extra={
          view !== null && <WebhookActs webhook={view} dirty={dirty} onSecret={setSecret} onRemoved={close} />
        }
        styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
        data-testid="webhook-drawer"
      >
        {view !== null && (
          <Segmented
            className={styles.tabs ?? ''}
            value={tab}
            onChange={chosen => goTo(PATH, view.id, chosen)}
            options={TABS.map(value => ({ value, label: t(`webhooks.tab.${value}`) }))}
            data-testid="webhook-tabs"
          />
        )}
        {view !== null && tab === 'deliveries' ? (
          <Deliveries webhook={view} />
        ) : view !== null && tab === 'history' ? (
          <WebhookHistory webhook={view} />
        ) : (
          opened !== null && (
            <WebhookEditor key={opened} draftKey={draftKey} view={view} onSecret={setSecret} />
          )
        )}
      </Drawer>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  )
}

interface EditorProps {
  readonly draftKey: string
  /** Null: it is to be added. */
  readonly view: Webhook | null
  readonly onSecret: (secret: string) => void
}

function WebhookEditor({ draftKey, view, onSecret }: EditorProps) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const fields = useWebhookFields()
  const editor = useEditor<Webhook, WebhookForm>({
    drafts,
    draftKey,
    view,
    formOf,
    blank: BLANK_WEBHOOK,
    async save(form, base) {
      if (base !== null) return await saveWebhook(form, base)
      const { webhook, secret } = await addWebhook(form)
      onSecret(secret)
      return webhook
    },
    read: () => readWebhook(view?.id ?? ''),
    async onSaved(saved) {
      message.success(t('webhooks.saved'))
      await client.invalidateQueries({ queryKey: WEBHOOKS_KEY })
      if (view === null) goTo(PATH, saved.id)
    },
  })
  return (
    <form className={lines.editor} onSubmit={event => event.preventDefault()} data-testid="webhook-editor">
      <div className={lines.fields}>
        <WebhookFields editor={editor} />
      </div>
      <SaveBar
        editor={editor}
        isNew={view === null}
        onHistory={view === null ? null : () => goTo(PATH, view.id, 'history')}
      />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}
