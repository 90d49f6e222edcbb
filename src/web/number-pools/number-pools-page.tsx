import { HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Spin } from 'antd'
import { useState } from 'react'
import type { PoolForm, PoolView } from '../../casework/masking/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { Drafts, useDrafts } from '../settings/drafts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import styles from './number-pools.module.css'
import { PoolEditor } from './pool-editor.tsx'
import { POOL_FIELDS } from './pool-form.ts'
import { PoolList } from './pool-list.tsx'
import { usePoolFields } from './use-pool-fields.ts'
import { usePools } from './use-pools.ts'

const PATH = 'number-pools'
const NEW = 'new'
const drafts = new Drafts<PoolView, PoolForm>()
const isPool = hasFields<PoolForm>(POOL_FIELDS)

/** The pools of short numbers, how full each is, and their rules: `#/number-pools/<id>`. */
export default function NumberPoolsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const client = useQueryClient()
  const pools = usePools()
  const fields = usePoolFields()
  const edited = useDrafts(drafts)
  const [named] = usePlace().rest
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const all = pools.data?.items ?? []
  const chosen = named ?? all[0]?.id ?? null
  const view = all.find(pool => pool.id === chosen) ?? null
  const draftKey = (id: string) => `${me.id}/${id}`
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('number-pools.title')}</h1>
        <span className={shared.quiet}>{t('number-pools.what')}</span>
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setHistory({ only: null })}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => goTo(PATH, NEW)} data-testid="pool-new">
          {t('number-pools.new')}
        </Button>
      </header>
      {pools.isError && <Alert type="error" banner title={t(problemKey(pools.error))} />}
      {pools.isPending ? (
        <Spin className={styles.opening ?? ''} />
      ) : (
        <div className={styles.both}>
          <PoolList pools={all} chosen={chosen} isEdited={id => edited.has(draftKey(id))} />
          {chosen !== null && (view !== null || chosen === NEW) ? (
            <PoolEditor
              key={chosen}
              view={view}
              drafts={drafts}
              draftKey={draftKey(chosen)}
              onSaved={saved => {
                void client.invalidateQueries({ queryKey: ['number-pools'] })
                if (chosen === NEW) goTo(PATH, saved.id)
              }}
              onHistory={view === null ? null : () => setHistory({ only: view.name })}
            />
          ) : (
            <Empty
              className={styles.opening ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(all.length === 0 ? 'number-pools.none' : 'number-pools.pick')}
            />
          )}
        </div>
      )}
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={['number-pool']}
        only={history?.only ?? null}
        describe={({ key, before, after }) => {
          const name = after?.name ?? before?.name
          return {
            title: typeof name === 'string' ? name : key,
            parts: changedParts(fields, before, after, isPool),
          }
        }}
      />
    </div>
  )
}
