import { HistoryOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, type InputRef, Spin } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DutyRuleForm, DutyRuleView } from '../../casework/dispatch/schema.ts'
import type { ConfigChange } from '../../floor/config-changes/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import lines from '../lines/lines.module.css'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { useDrafts } from '../settings/drafts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import styles from './dispatch-rules.module.css'
import { draftKey, NEW, RuleDrawer, ruleDrafts } from './rule-drawer.tsx'
import { moveBetween, RULE_FIELDS, rulesShown } from './rule-form.ts'
import { RuleTable } from './rule-table.tsx'
import { useRuleFields } from './rule-words.ts'
import { TryOut } from './try-out.tsx'
import { useRules } from './use-rules.ts'

const PATH = 'dispatch-rules'
const isRule = hasFields<DutyRuleForm>(RULE_FIELDS)
const NO_RULES: readonly DutyRuleView[] = []

/** The duty catalogue in its order, `#/dispatch-rules/<id>`, with a text to try it on beside it. */
export default function DispatchRulesPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [opened = null] = usePlace().rest
  const rules = useRules()
  const edited = useDrafts(ruleDrafts)
  const fields = useRuleFields()
  const [search, setSearch] = useState('')
  const [matched, setMatched] = useState<string | null>(null)
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const all = rules.data ?? NO_RULES
  const shown = rulesShown(all, search, rule => fields.map(({ show }) => show(rule)).join(' '))
  const isEdited = useCallback((id: string) => edited.has(draftKey(me, id)), [edited, me])
  const open = useCallback((id: string) => goTo(PATH, id), [])
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('dispatch-rules.title')}</h1>
        <Search value={search} onChange={setSearch} />
        <span className={shared.quiet}>{t('dispatch-rules.count', { count: shown.length })}</span>
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setHistory({ only: null })}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => open(NEW)} data-testid="rule-new">
          {t('dispatch-rules.new')}
        </Button>
      </header>
      {rules.isError && <Alert type="error" banner title={t(problemKey(rules.error))} />}
      <div className={styles.body}>
        <div className={styles.scroll}>
          {rules.isPending ? (
            <Spin className={lines.nothing ?? ''} />
          ) : shown.length === 0 ? (
            <Empty
              className={lines.nothing ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('dispatch-rules.none')}
            />
          ) : (
            <RuleTable rules={shown} opened={opened} matched={matched} isEdited={isEdited} onOpen={open} />
          )}
        </div>
        <TryOut rulesAt={rules.dataUpdatedAt} onMatched={setMatched} />
        <RuleDrawer
          me={me}
          opened={opened}
          rules={all}
          onClose={() => goTo(PATH)}
          onHistory={only => setHistory({ only })}
        />
      </div>
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={['duty-rule']}
        only={history?.only ?? null}
        describe={useDescription()}
      />
    </div>
  )
}

function useDescription() {
  const { t } = useWords()
  const fields = useRuleFields()
  const movedParts = (before: ConfigChange['before'], after: ConfigChange['after']) => {
    const move = moveBetween(idsOf(before), idsOf(after))
    return move === null
      ? []
      : [{ label: t('dispatch-rules.position'), before: String(move.from), after: String(move.to) }]
  }
  return ({ key, before, after }: ConfigChange) => {
    if (key === 'order') return { title: t('dispatch-rules.position'), parts: movedParts(before, after) }
    const position = after?.position ?? before?.position
    return {
      title: typeof position === 'number' ? t('dispatch-rules.rule', { position }) : key,
      parts: changedParts(fields, before, after, isRule),
    }
  }
}

function idsOf(side: ConfigChange['before']): readonly unknown[] {
  return Array.isArray(side?.ids) ? side.ids : []
}

function Search({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const { t } = useWords()
  const search = useRef<InputRef>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea')
      if (event.key !== '/' || typing || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      search.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Input
      ref={search}
      className={styles.search ?? ''}
      prefix={<SearchOutlined />}
      placeholder={t('dispatch-rules.search')}
      value={value}
      onChange={event => onChange(event.target.value)}
      allowClear
      data-testid="rule-search"
    />
  )
}
