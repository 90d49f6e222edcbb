import { HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Spin } from 'antd'
import { useState } from 'react'
import type { QueueForm, QueueView } from '../../floor/queues/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { Drafts, useDrafts } from '../settings/drafts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import { QueueEditor } from './queue-editor.tsx'
import { useQueueFields } from './queue-fields.ts'
import { QUEUE_FIELDS } from './queue-form.ts'
import { QueueList } from './queue-list.tsx'
import styles from './queues.module.css'
import { useQueues } from './use-queues.ts'

const drafts = new Drafts<QueueView, QueueForm>()
const NEW = 'new'
const isQueue = hasFields<QueueForm>(QUEUE_FIELDS)

/** The queues and their rules, edited while calls run: `#/queues/dialect`. */
export default function QueuesPage({ me }: { readonly me: Me }) {
  const { t, nameOf } = useWords()
  const client = useQueryClient()
  const queues = useQueues()
  const fields = useQueueFields()
  const [named] = usePlace().rest
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const edited = useDrafts(drafts)
  const all = queues.data ?? []
  const chosen = named ?? all[0]?.id ?? null
  const view = all.find(queue => queue.id === chosen) ?? null
  const draftKey = (id: string) => `${me.id}/${id}`
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('queues.title')}</h1>
        <span className={shared.quiet}>{t('queues.what')}</span>
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setHistory({ only: null })}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => goTo('queues', NEW)} data-testid="queue-new">
          {t('queues.new')}
        </Button>
      </header>
      {queues.isError && <Alert type="error" banner title={t(problemKey(queues.error))} />}
      {queues.isPending ? (
        <Spin className={styles.opening ?? ''} />
      ) : (
        <div className={styles.both}>
          <QueueList queues={all} chosen={chosen} isEdited={id => edited.has(draftKey(id))} />
          {chosen !== null && (view !== null || chosen === NEW) ? (
            <QueueEditor
              key={chosen}
              view={view}
              drafts={drafts}
              draftKey={draftKey(chosen)}
              onSaved={saved => {
                client.invalidateQueries({ queryKey: ['queues'] })
                if (chosen === NEW) goTo('queues', saved.id)
              }}
              onHistory={view === null ? null : () => setHistory({ only: view.id })}
            />
          ) : (
            <Empty
              className={styles.opening ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('queues.pick')}
            />
          )}
        </div>
      )}
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={['queue']}
        only={history?.only ?? null}
        describe={({ key, before, after }) => {
          const queue = all.find(one => one.id === key)
          return {
            title: queue === undefined ? key : nameOf(queue),
            parts: changedParts(fields, before, after, isQueue),
          }
        }}
      />
    </div>
  )
}
