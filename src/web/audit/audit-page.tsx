import { Segmented } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import { ChainPanel } from './chain-panel.tsx'
import { LogPanel } from './log-panel.tsx'

const PATH = 'audit'
const TABS = ['log', 'looks', 'chain'] as const

/** Who did what when (审计日志): `#/audit`, `#/audit/looks` for identities, `#/audit/chain` for what seals it. */
export default function AuditPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [named] = usePlace().rest
  const tab = TABS.find(one => one === named) ?? 'log'
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('audit.title')}</h1>
        <Segmented
          value={tab}
          onChange={chosen => (chosen === 'log' ? goTo(PATH) : goTo(PATH, chosen))}
          options={TABS.map(value => ({ value, label: t(`audit.tab.${value}`) }))}
          data-testid="audit-tabs"
        />
        <span className={shared.quiet}>{t(`audit.what.${tab}`)}</span>
      </header>
      {tab === 'chain' ? <ChainPanel /> : <LogPanel key={tab} looks={tab === 'looks'} me={me} />}
    </div>
  )
}
