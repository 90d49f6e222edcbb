import { useQueryClient } from '@tanstack/react-query'
import { Alert, Segmented, Spin } from 'antd'
import type { LimitsView } from '../../casework/clocks/schema.ts'
import type { LifeTableView } from '../../casework/life/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useDrafts } from '../settings/drafts.ts'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import styles from './case-rules.module.css'
import { lifeForm } from './life-form.ts'
import { LifeEditor, LifeShown, lifeDrafts } from './life-panel.tsx'
import { lifePlaces } from './life-words.ts'
import { limitPlaces } from './limit-words.ts'
import { LimitsEditor, LimitsForm, limitsDrafts } from './limits-editor.tsx'
import { RulesTab } from './rules-tab.tsx'
import {
  readLifeTableOf,
  readLimitsOf,
  useFrame,
  useLifeTable,
  useLifeVersions,
  useLimits,
} from './use-case-rules.ts'

/** How long a case may take, and what may be done to it when: `#/case-rules`, `#/case-rules/life`. */
export default function CaseRulesPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [tab] = usePlace().rest
  const mayEdit = me.rights.includes('settings.edit')
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('case-rules.title')}</h1>
        <Segmented
          value={tab === 'life' ? 'life' : 'limits'}
          onChange={chosen => (chosen === 'life' ? goTo('case-rules', 'life') : goTo('case-rules'))}
          options={[
            { value: 'limits', label: t('case-rules.tab.limits') },
            { value: 'life', label: t('case-rules.tab.life') },
          ]}
        />
        <span className={shared.quiet}>{t('case-rules.what')}</span>
      </header>
      {tab === 'life' ? <Life me={me} mayEdit={mayEdit} /> : <Limits me={me} mayEdit={mayEdit} />}
    </div>
  )
}

interface TabProps {
  readonly me: Me
  readonly mayEdit: boolean
}

function Limits({ me, mayEdit }: TabProps) {
  const { t, nameOf } = useWords()
  const queries = useQueryClient()
  const limits = useLimits()
  const types = useWorkOrderTypes()
  const isEdited = useDrafts(limitsDrafts).has(me.id)
  if (limits.isError) return <Alert type="error" banner title={t(problemKey(limits.error))} />
  if (limits.data === undefined) return <Spin className={styles.opening ?? ''} />
  const { data } = limits
  return (
    <RulesTab<LimitsView>
      document="clock-limits"
      current={data.version}
      versions={data.versions}
      read={readLimitsOf}
      places={old => limitPlaces(t, old.limits, new Map(types.map(type => [type.code, nameOf(type)])))}
      mayEdit={mayEdit}
      isEdited={isEdited}
      editor={onHistory => (
        <LimitsEditor
          view={data}
          draftKey={me.id}
          onSaved={saved => queries.setQueryData(['clock-limits'], saved)}
          onHistory={onHistory}
        />
      )}
      shown={old => <LimitsForm limits={(old ?? data).limits} problems={{}} disabled onChange={() => {}} />}
      again={({ version, limits: old }) => {
        const why = t('case-rules.again.why', { version })
        limitsDrafts.set(me.id, { base: data, form: { ...old, why } })
      }}
    />
  )
}

function Life({ me, mayEdit }: TabProps) {
  const { t } = useWords()
  const queries = useQueryClient()
  const life = useLifeTable()
  const versions = useLifeVersions(life.data?.version ?? 0)
  const frame = useFrame().data
  const isEdited = useDrafts(lifeDrafts).has(me.id)
  if (life.isError) return <Alert type="error" banner title={t(problemKey(life.error))} />
  if (life.data === undefined) return <Spin className={styles.opening ?? ''} />
  const { data } = life
  return (
    <RulesTab<LifeTableView>
      document="life-table"
      current={data.version}
      versions={versions.data}
      read={readLifeTableOf}
      places={old => lifePlaces(t, old, frame)}
      mayEdit={mayEdit}
      isEdited={isEdited}
      editor={onHistory => (
        <LifeEditor
          view={data}
          draftKey={me.id}
          onSaved={saved => queries.setQueryData(['life-table'], saved)}
          onHistory={onHistory}
        />
      )}
      shown={old => <LifeShown view={old ?? data} />}
      again={old => {
        const why = t('case-rules.again.why', { version: old.version })
        lifeDrafts.set(me.id, { base: data, form: { ...lifeForm(old), why } })
      }}
    />
  )
}
