import { HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Spin } from 'antd'
import { useCallback, useState } from 'react'
import type { DutyRuleForm, DutyRuleView, RuleTrial } from '../../casework/dispatch/schema.ts'
import type { ConfigChange } from '../../floor/config-changes/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import lines from '../lines/lines.module.css'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { useDrafts } from '../settings/drafts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo } from '../shell/place.ts'
import { DispatchHead, PATH } from './dispatch-head.tsx'
import styles from './dispatch-rules.module.css'
import { draftKey, NEW, RuleDrawer, ruleDrafts } from './rule-drawer.tsx'
import { moveBetween, RULE_FIELDS, rulesShown } from './rule-form.ts'
import { RuleTable } from './rule-table.tsx'
import { useRuleFields } from './rule-words.ts'
import { TryOut } from './try-out.tsx'
import { useRules } from './use-rules.ts'

const isRule = hasFields<DutyRuleForm>(RULE_FIELDS)
const NO_RULES: readonly DutyRuleView[] = []

interface Props {
  readonly me: Me
  /** The rule in the address, `new` for one more; null: none. */
  readonly opened: string | null
}

/** The duty catalogue in its order, with a text to try it on beside it. */
export function RulesTab({ me, opened }: Props) {
  const { t } = useWords()
  const rules = useRules()
  const edited = useDrafts(ruleDrafts)
  const fields = useRuleFields()
  const [search, setSearch] = useState('')
  const [trial, setTrial] = useState<RuleTrial | null>(null)
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const all = rules.data ?? NO_RULES
  const shown = rulesShown(all, search, rule => fields.map(({ show }) => show(rule)).join(' '))
  const isEdited = useCallback((id: string) => edited.has(draftKey(me, id)), [edited, me])
  const open = useCallback((id: string) => goTo(PATH, id), [])
  return (
    <div className={shared.page}>
      <DispatchHead
        tab="rules"
        search={search}
        hint={t('dispatch-rules.search')}
        onSearch={setSearch}
        count={t('dispatch-rules.count', { count: shown.length })}
      >
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
      </DispatchHead>
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
            <RuleTable
              rules={shown}
              opened={opened}
              matched={matchedBy(trial)}
              isEdited={isEdited}
              onOpen={open}
            />
          )}
        </div>
        <TryOut savedAt={rules.dataUpdatedAt} onTrial={setTrial} />
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

/** The rule that a text came to; those before it were passed over. */
function matchedBy(trial: RuleTrial | null): string | null {
  const last = trial?.tried.at(-1)
  return last?.failed === null ? last.id : null
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
