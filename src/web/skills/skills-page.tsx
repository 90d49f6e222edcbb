import { HistoryOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, Spin } from 'antd'
import { useState } from 'react'
import type { ConfigChange } from '../../floor/config-changes/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import type { Skill, StaffView } from '../../people/skills/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useSkills, useStaff } from '../queues/use-queues.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import { useSaveKey } from '../settings/save-bar.tsx'
import shared from '../settings/settings.module.css'
import { Matrix } from './matrix.tsx'
import { NewSkill } from './new-skill.tsx'
import styles from './skills.module.css'
import { useMatrix } from './use-matrix.ts'

/** Who can do what, and how well: agents × skills. */
export default function SkillsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const skills = useSkills()
  const staff = useStaff()
  const [search, setSearch] = useState('')
  const [adding, setAdding] = useState(false)
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const describe = useDescription(skills.data ?? [])
  const failure = skills.error ?? staff.error
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('skills.title')}</h1>
        <Input
          className={styles.search ?? ''}
          prefix={<SearchOutlined />}
          placeholder={t('skills.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
          allowClear
          data-testid="skill-search"
        />
        <span className={shared.quiet}>{t('skills.keys')}</span>
        <Button
          className={shared.push ?? ''}
          type="text"
          icon={<HistoryOutlined />}
          onClick={() => setHistory({ only: null })}
          data-testid="all-history"
        >
          {t('settings.history')}
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="skill-new">
          {t('skills.new')}
        </Button>
      </header>
      {failure !== null && <Alert type="error" banner title={t(problemKey(failure))} />}
      {skills.data === undefined || staff.data === undefined ? (
        <Spin className={styles.opening ?? ''} />
      ) : skills.data.length === 0 ? (
        <Empty
          className={styles.opening ?? ''}
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('skills.no-skills')}
        />
      ) : (
        <Editing
          me={me}
          skills={skills.data}
          staff={matching(staff.data, search)}
          onHistory={only => setHistory({ only })}
        />
      )}
      {adding && <NewSkill onClose={() => setAdding(false)} />}
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={history?.only == null ? ['staff-skills', 'skill'] : ['staff-skills']}
        only={history?.only ?? null}
        describe={describe}
      />
    </div>
  )
}

interface EditingProps {
  readonly me: Me
  readonly skills: readonly Skill[]
  readonly staff: readonly StaffView[]
  readonly onHistory: (staff: string) => void
}

function Editing({ me, skills, staff, onHistory }: EditingProps) {
  const { t } = useWords()
  const matrix = useMatrix(me)
  const edited = matrix.edited.length
  useSaveKey(() => matrix.save())
  return (
    <>
      <div className={styles.scroll}>
        {staff.length === 0 ? (
          <Empty
            className={styles.opening ?? ''}
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t('skills.none')}
          />
        ) : (
          <Matrix skills={skills} staff={staff} matrix={matrix} onHistory={onHistory} />
        )}
      </div>
      <footer className={shared.saveBar}>
        <div role="status" className={shared.saveState}>
          {matrix.error !== null ? (
            <Alert type="error" showIcon title={t(problemKey(matrix.error))} />
          ) : (
            edited > 0 && <span className={shared.unsaved}>{t('skills.edited', { count: edited })}</span>
          )}
        </div>
        <Button disabled={edited === 0} onClick={() => matrix.undo()} data-testid="undo">
          {t('skills.undo-all')}
        </Button>
        <Button
          type="primary"
          disabled={edited === 0}
          loading={matrix.saving}
          onClick={() => matrix.save()}
          data-testid="save"
        >
          {t('skills.save-all')}
        </Button>
      </footer>
    </>
  )
}

/** Those who take calls. */
function matching(staff: readonly StaffView[], search: string): readonly StaffView[] {
  const wanted = search.trim().toLowerCase()
  return staff.filter(
    ({ agentNumber, active, name }) =>
      active && agentNumber !== null && (agentNumber.includes(wanted) || name.toLowerCase().includes(wanted)),
  )
}

function useDescription(skills: readonly Skill[]) {
  const { nameOf } = useWords()
  return ({ subject, key, name, before, after }: ConfigChange) => {
    if (subject === 'skill') {
      const nameZh = after?.nameZh
      return { title: typeof nameZh === 'string' ? nameZh : key, parts: [] }
    }
    const touched = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
    const text = (side: typeof before, skill: string) =>
      side?.[skill] === undefined ? null : String(side[skill])
    const parts = [...touched]
      .filter(skill => before?.[skill] !== after?.[skill])
      .map(skill => {
        const known = skills.find(one => one.id === skill)
        const label = known === undefined ? skill : nameOf(known)
        return { label, before: text(before, skill), after: text(after, skill) }
      })
    return { title: name ?? key, parts }
  }
}
