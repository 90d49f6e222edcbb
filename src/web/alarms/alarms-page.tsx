import { Tabs } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { AlarmHistory } from './alarm-history.tsx'
import styles from './alarms.module.css'
import { LimitsPanel } from './limits-panel.tsx'

/** The limits beyond which the floor raises an alarm (告警界限), and the alarms there were. */
export default function AlarmsPage(_props: { readonly me: Me }) {
  const { t } = useWords()
  return (
    <main className={styles.page}>
      <Tabs
        items={[
          { key: 'history', label: t('alarms.history'), children: <AlarmHistory /> },
          {
            key: 'limits',
            label: <span data-testid="alarms-limits-tab">{t('alarms.limits')}</span>,
            children: <LimitsPanel />,
          },
        ]}
      />
    </main>
  )
}
