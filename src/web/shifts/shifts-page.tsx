import { Segmented } from 'antd'
import { useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { MyShiftsPanel } from './my-shifts.tsx'
import { RosterWeek } from './roster-week.tsx'
import styles from './shifts.module.css'

/** The roster (排班): shift leads plan everybody's, whoever takes calls sees the own. */
export default function ShiftsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const plans = me.role === 'shift-lead' || me.role === 'admin'
  const [which, setWhich] = useState<'all' | 'mine'>(plans ? 'all' : 'mine')
  const chooser = plans && (
    <Segmented
      value={which}
      onChange={setWhich}
      options={[
        { value: 'all', label: t('shifts.all') },
        { value: 'mine', label: t('shifts.mine') },
      ]}
    />
  )
  return (
    <main className={styles.page}>
      {which === 'all' ? <RosterWeek chooser={chooser} /> : <MyShiftsPanel chooser={chooser} />}
    </main>
  )
}
