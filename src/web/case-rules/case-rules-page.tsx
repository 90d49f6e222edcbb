import { HistoryOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Segmented, Spin } from 'antd'
import { useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import styles from './case-rules.module.css'
import { LifeEditor, LifeRead } from './life-panel.tsx'
import { LimitsEditor, LimitsForm } from './limits-editor.tsx'
import { useLifeTable, useLifeVersions, useLimits, useLimitsOf } from './use-case-rules.ts'
import { VersionsDrawer } from './versions-drawer.tsx'

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
  const { t } = useWords()
  const queries = useQueryClient()
  const limits = useLimits()
  const [listed, setListed] = useState(false)
  const [shown, setShown] = useState<number | null>(null)
  const old = useLimitsOf(shown)
  if (limits.isError) return <Alert type="error" banner title={t(problemKey(limits.error))} />
  if (limits.data === undefined) return <Spin className={styles.opening ?? ''} />
  const { data } = limits
  const read = shown === null ? data : old.data
  return (
    <>
      {shown !== null && (
        <Alert
          type="info"
          banner
          title={t('case-rules.old', { version: shown })}
          action={
            <Button size="small" onClick={() => setShown(null)} data-testid="version-back">
              {t('case-rules.old.back')}
            </Button>
          }
        />
      )}
      {shown === null && mayEdit ? (
        <LimitsEditor
          view={data}
          draftKey={me.id}
          onSaved={saved => queries.setQueryData(['clock-limits'], saved)}
          onHistory={() => setListed(true)}
        />
      ) : read === undefined ? (
        <Spin className={styles.opening ?? ''} />
      ) : (
        <>
          <LimitsForm limits={read.limits} problems={{}} disabled onChange={() => {}} />
          {!mayEdit && <ReadBar version={data.version} onHistory={() => setListed(true)} />}
        </>
      )}
      <VersionsDrawer
        open={listed}
        versions={data.versions}
        onShow={version => {
          setShown(version === data.version ? null : version)
          setListed(false)
        }}
        onClose={() => setListed(false)}
      />
    </>
  )
}

function Life({ me, mayEdit }: TabProps) {
  const { t } = useWords()
  const queries = useQueryClient()
  const life = useLifeTable()
  const versions = useLifeVersions(life.data?.version ?? 0)
  const [listed, setListed] = useState(false)
  if (life.isError) return <Alert type="error" banner title={t(problemKey(life.error))} />
  if (life.data === undefined) return <Spin className={styles.opening ?? ''} />
  return (
    <>
      {mayEdit ? (
        <LifeEditor
          view={life.data}
          draftKey={me.id}
          onSaved={saved => queries.setQueryData(['life-table'], saved)}
          onHistory={() => setListed(true)}
        />
      ) : (
        <>
          <LifeRead view={life.data} />
          <ReadBar version={life.data.version} onHistory={() => setListed(true)} />
        </>
      )}
      <VersionsDrawer open={listed} versions={versions.data} onShow={null} onClose={() => setListed(false)} />
    </>
  )
}

function ReadBar({ version, onHistory }: { readonly version: number; readonly onHistory: () => void }) {
  const { t } = useWords()
  return (
    <footer className={shared.saveBar}>
      <span className={shared.saveState}>{t('case-rules.version', { version })}</span>
      <Button type="text" icon={<HistoryOutlined />} onClick={onHistory} data-testid="history">
        {t('settings.history')}
      </Button>
    </footer>
  )
}
