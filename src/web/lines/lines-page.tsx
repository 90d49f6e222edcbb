import { HistoryOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import type { ConfigChange } from '../../floor/config-changes/schema.ts'
import type { LineForm } from '../../floor/lines/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { useLines } from '../queues/use-queues.ts'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import { useBlockFields } from './block-words.ts'
import { BlockedNumbers } from './blocked-numbers.tsx'
import { LINE_FIELDS } from './line-form.ts'
import { useLineFields } from './line-words.ts'
import { Lines } from './lines.tsx'
import { useBlockedNumbers } from './use-blocked-numbers.ts'

const BLOCKED = 'blocked'
const isLine = hasFields<LineForm>(LINE_FIELDS)

/** The numbers that citizens dial, `#/lines/12345`, and the callers who are let go, `#/lines/blocked`. */
export default function LinesPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [named = null] = usePlace().rest
  const tab = named === BLOCKED ? BLOCKED : 'lines'
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const describe = useDescription()
  const lineCount = useLines().data?.length ?? 0
  const blockedCount = useBlockedNumbers().data?.filter(block => !block.expired).length ?? 0
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('lines.title')}</h1>
        <Segmented
          value={tab}
          onChange={chosen => (chosen === BLOCKED ? goTo('lines', BLOCKED) : goTo('lines'))}
          options={[
            { value: 'lines', label: t('lines.tab.lines', { count: lineCount }) },
            { value: BLOCKED, label: t('lines.tab.blocked', { count: blockedCount }) },
          ]}
          data-testid="lines-tabs"
        />
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setHistory({ only: null })}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
      </header>
      {tab === BLOCKED ? (
        <BlockedNumbers me={me} />
      ) : (
        <Lines me={me} opened={named} onHistory={only => setHistory({ only })} />
      )}
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={tab === BLOCKED ? ['blocked-number'] : ['line']}
        only={history?.only ?? null}
        describe={describe}
      />
    </div>
  )
}

function useDescription() {
  const lineFields = useLineFields()
  const { fields: blockFields, isBlock } = useBlockFields()
  return ({ subject, key, before, after }: ConfigChange) => {
    if (subject === 'blocked-number') {
      return { title: key, parts: changedParts(blockFields, before, after, isBlock) }
    }
    const name = after?.name ?? before?.name
    return {
      title: typeof name === 'string' ? `${key} ${name}` : key,
      parts: changedParts(lineFields, before, after, isLine),
    }
  }
}
