import { DownloadOutlined, LeftOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, type InputRef, Popconfirm } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Roster, RosterPerson } from '../../people/shifts/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dayOf } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { Opening } from '../kit/whole-page.tsx'
import { CellPanel } from './cell-panel.tsx'
import { daysAfter, mondayOf } from './days.ts'
import { KindsDialog } from './kinds-dialog.tsx'
import { type Cell, RosterGrid } from './roster-grid.tsx'
import styles from './shifts.module.css'
import { TodayPanel } from './today-panel.tsx'
import { usePlanning, useRoster } from './use-roster.ts'

/** One week of everybody, planned and kept. */
export function RosterWeek({ chooser }: { readonly chooser: ReactNode }) {
  const { t } = useWords()
  const today = dayOf(useNow())
  const [from, setFrom] = useState(mondayOf(today))
  const [search, setSearch] = useState('')
  const [cell, setCell] = useState<Cell | null>(null)
  const [editsKinds, setEditsKinds] = useState(false)
  const roster = useRoster(from)
  const planning = usePlanning(from)
  const searchField = useSearchKey()
  const people = useMemo(
    () => matching(roster.data?.people ?? [], search.trim()),
    [roster.data?.people, search],
  )
  const goTo = (day: string) => {
    setFrom(day)
    setCell(null)
  }
  const digits = `1–${Math.max(1, roster.data?.shifts.length ?? 1)}`
  return (
    <>
      <header className={styles.head}>
        <h1>{t('shifts.title')}</h1>
        {chooser}
        <div className={styles.week}>
          <Button
            icon={<LeftOutlined />}
            aria-label={t('shifts.week-before')}
            onClick={() => goTo(daysAfter(from, -7))}
            data-testid="week-before"
          />
          <b data-testid="week">
            {from} – {daysAfter(from, 6).slice(5)}
          </b>
          <Button
            icon={<RightOutlined />}
            aria-label={t('shifts.week-after')}
            onClick={() => goTo(daysAfter(from, 7))}
            data-testid="week-after"
          />
          {from !== mondayOf(today) && (
            <Button type="text" onClick={() => goTo(mondayOf(today))}>
              {t('shifts.this-week')}
            </Button>
          )}
        </div>
        <Input
          ref={searchField}
          className={styles.search ?? ''}
          prefix={<SearchOutlined />}
          placeholder={t('shifts.search')}
          value={search}
          allowClear
          onChange={event => setSearch(event.target.value)}
          data-testid="roster-search"
        />
        <small className={styles.hint}>{t('shifts.keys', { digits })}</small>
        <Popconfirm title={t('shifts.copy.what')} onConfirm={() => planning.copy.mutate()}>
          <Button loading={planning.copy.isPending} data-testid="copy-week">
            {t('shifts.copy')}
          </Button>
        </Popconfirm>
        <Button onClick={() => setEditsKinds(true)} data-testid="edit-kinds">
          {t('shifts.kinds')}
        </Button>
        <Button icon={<DownloadOutlined />} href={`/api/roster.csv?from=${from}`} download>
          {t('shifts.csv')}
        </Button>
      </header>
      {editsKinds && roster.data !== undefined && (
        <KindsDialog kinds={roster.data.shifts} onClose={() => setEditsKinds(false)} />
      )}
      {roster.isError && <Failed onRetry={() => roster.refetch()} />}
      {roster.data === undefined ? (
        !roster.isError && <Opening />
      ) : (
        <div className={styles.body}>
          <div className={styles.sheet}>
            {roster.data.shifts.length === 0 && (
              <Alert type="warning" showIcon title={t('shifts.no-kinds')} />
            )}
            {people.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('shifts.nobody')} />
            ) : (
              <RosterGrid
                roster={roster.data}
                people={people}
                today={today}
                chosen={cell}
                planning={planning}
                onChoose={setCell}
              />
            )}
          </div>
          <aside className={styles.aside}>
            <CellPanel roster={roster.data} cell={cell} planning={planning} />
            <TodayPanel roster={roster.data} today={today} />
          </aside>
        </div>
      )}
    </>
  )
}

function matching(people: Roster['people'], search: string): readonly RosterPerson[] {
  if (search === '') return people
  return people.filter(({ name, agentNumber }) => `${name} ${agentNumber ?? ''}`.includes(search))
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useWords()
  return (
    <Alert
      type="error"
      showIcon
      title={t('shifts.failed')}
      action={<Button onClick={onRetry}>{t('shifts.retry')}</Button>}
    />
  )
}

/** `/` goes to the search, unless something is being typed. */
function useSearchKey() {
  const field = useRef<InputRef>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea')
      if (event.key !== '/' || typing || event.ctrlKey || event.altKey || event.metaKey) return
      field.current?.focus()
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return field
}
