import { DownloadOutlined, LeftOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, Pagination, Spin } from 'antd'
import { useState } from 'react'
import type { Formula } from '../../insight/intervals/schema.ts'
import type { AgentHistory } from '../../insight/seat-history/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { hours, percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import { dayAfter, periodOf } from '../kit/period.ts'
import { problemKey } from '../kit/problem-text.ts'
import { STATE_COLOUR } from '../kit/theme.ts'
import { useToday } from '../kit/use-today.ts'
import { DayBar, Hours } from './day-bar.tsx'
import { type Scale, scaleOf, TIME_COLUMNS, type TimeColumn, timeIn } from './day-scale.ts'
import { HistoryDrawer } from './history-drawer.tsx'
import styles from './seat-history.module.css'
import { historyUrl, useSeatHistory } from './use-seat-history.ts'

/** As many as the service gives the spells of at once. */
const PAGE_SIZE = 25

type Sort = 'number' | 'signed-in' | TimeColumn | 'occupancy'

/** What agents did at their seats on a day (座席历史): a bar each, the sums, and every spell behind them. */
export default function SeatHistoryPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const today = useToday()
  const [day, setDay] = useState(today)
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<Sort>('number')
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string | null>(null)
  const period = periodOf({ first: day, last: day })
  const running = day >= today
  const everybody = me.role !== 'agent'
  const all = useSeatHistory({ ...period, staff: [] }, running)
  const agents = sorted(matching(all.data?.agents ?? [], search), sort)
  const shown = agents.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const ids = shown.map(({ staff }) => staff)
  const withSpells = useSeatHistory({ ...period, staff: ids }, running, everybody && ids.length > 0)
  const detailed = new Map(
    (everybody ? withSpells.data?.agents : all.data?.agents)?.map(agent => [agent.staff, agent]),
  )
  const scale = scaleOf(all.data?.agents ?? [])
  const formulas = all.data?.formulas ?? []
  const goTo = (chosen: string) => {
    if (chosen === '') return
    setDay(chosen)
    setPage(1)
  }
  return (
    <main className={styles.page} data-testid="seat-history">
      <header className={styles.tools}>
        <h1>{t('seat-history.title')}</h1>
        <Button
          icon={<LeftOutlined />}
          aria-label={t('seat-history.day.before')}
          onClick={() => goTo(dayAfter(day, -1))}
        />
        <Input
          type="date"
          className={styles.day ?? ''}
          value={day}
          max={today}
          aria-label={t('seat-history.day')}
          onChange={event => goTo(event.target.value)}
          data-testid="history-day"
        />
        <Button
          icon={<RightOutlined />}
          aria-label={t('seat-history.day.after')}
          disabled={day >= today}
          onClick={() => goTo(dayAfter(day, 1))}
        />
        <Button disabled={day === today} onClick={() => goTo(today)}>
          {t('seat-history.day.today')}
        </Button>
        {everybody && (
          <Input
            className={styles.search ?? ''}
            prefix={<SearchOutlined />}
            placeholder={t('seat-history.search')}
            aria-label={t('seat-history.search')}
            value={search}
            onChange={event => {
              setSearch(event.target.value)
              setPage(1)
            }}
            allowClear
            data-testid="history-search"
          />
        )}
        <Legend />
        <span className={styles.gap} />
        <span className={styles.quiet}>{t('seat-history.count', { count: agents.length })}</span>
        <Button
          icon={<DownloadOutlined />}
          href={historyUrl({ ...period, staff: [] }, 'csv')}
          download
          data-testid="history-csv"
        >
          {t('seat-history.csv')}
        </Button>
      </header>
      {all.isError && <Alert type="error" showIcon title={t(problemKey(all.error))} />}
      <section className={styles.list}>
        {all.isPending && <Spin className={styles.nothing ?? ''} />}
        {all.isSuccess && agents.length === 0 && <NoAgents searched={search !== ''} />}
        {scale !== null && agents.length > 0 && (
          <>
            <Head scale={scale} formulas={formulas} sort={sort} onSort={setSort} />
            <ol>
              {shown.map(agent => (
                <AgentLine
                  key={agent.staff}
                  agent={detailed.get(agent.staff) ?? agent}
                  scale={scale}
                  opened={opened === agent.staff}
                  onOpen={() => setOpened(agent.staff)}
                />
              ))}
            </ol>
          </>
        )}
      </section>
      <footer className={styles.foot}>
        <small>{t('seat-history.keys')}</small>
        {agents.length > PAGE_SIZE && (
          <Pagination
            size="small"
            current={page}
            pageSize={PAGE_SIZE}
            total={agents.length}
            showSizeChanger={false}
            onChange={setPage}
          />
        )}
      </footer>
      <HistoryDrawer
        agent={opened === null ? null : (detailed.get(opened) ?? null)}
        formulas={formulas}
        csvUrl={historyUrl({ ...period, staff: opened === null ? [] : [opened] }, 'csv')}
        onClose={() => setOpened(null)}
      />
    </main>
  )
}

const LEGEND = ['ready', 'ringing', 'talking', 'wrap-up', 'not-ready'] as const

function Legend() {
  const { t } = useWords()
  return (
    <ul className={styles.legend}>
      {LEGEND.map(state => (
        <li key={state}>
          <i className={css(state === 'ready' && styles.calm)} style={{ background: STATE_COLOUR[state] }} />
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  )
}

interface HeadProps {
  readonly scale: Scale
  readonly formulas: readonly Formula[]
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}

function Head({ scale, formulas, sort, onSort }: HeadProps) {
  const { t } = useWords()
  const sortable = (by: Sort, name: string) => (
    <button type="button" className={css(styles.sort, sort === by && styles.on)} onClick={() => onSort(by)}>
      {name}
    </button>
  )
  return (
    <div className={css(styles.line, styles.head)}>
      {sortable('number', t('seat-history.agent'))}
      <Hours scale={scale} />
      {sortable('signed-in', t('seat-history.signed-in'))}
      {TIME_COLUMNS.map(column => (
        <span key={column}>{sortable(column, t(`seat-history.${column}`))}</span>
      ))}
      <span>
        <FormulaNote formula={formulaOf(formulas, 'occupancy')}>{t('seat-history.occupancy')}</FormulaNote>
        {sortable('occupancy', '↓')}
      </span>
    </div>
  )
}

interface LineProps {
  readonly agent: AgentHistory
  readonly scale: Scale
  readonly opened: boolean
  readonly onOpen: () => void
}

function AgentLine({ agent, scale, opened, onOpen }: LineProps) {
  const still = agent.sittings.some(({ ended }) => ended === 'open')
  return (
    <li className={css(styles.line, opened && styles.opened)} data-testid={`history-${agent.agentNumber}`}>
      <button type="button" className={styles.who} onClick={onOpen}>
        <b>{agent.agentNumber ?? '—'}</b>
        <span>{agent.name}</span>
        {still && <i />}
      </button>
      <DayBar agent={agent} scale={scale} />
      <b>{hours(agent.signedInMs)}</b>
      {TIME_COLUMNS.map(column => (
        <span key={column}>{hours(timeIn(agent, column))}</span>
      ))}
      <span>{percent(agent.occupancy.value)}</span>
    </li>
  )
}

function NoAgents({ searched }: { readonly searched: boolean }) {
  const { t } = useWords()
  return (
    <Empty
      className={styles.nothing ?? ''}
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        searched ? (
          t('seat-history.none.found')
        ) : (
          <>
            <b>{t('seat-history.none')}</b>
            <br />
            {t('seat-history.none.what')}
          </>
        )
      }
    />
  )
}

function matching(agents: readonly AgentHistory[], search: string): readonly AgentHistory[] {
  const wanted = search.trim()
  return agents.filter(
    ({ name, agentNumber }) => name.includes(wanted) || agentNumber?.includes(wanted) === true,
  )
}

/** As the service gives them by number, else the most first. */
function sorted(agents: readonly AgentHistory[], by: Sort): readonly AgentHistory[] {
  if (by === 'number') return agents
  const measure = (agent: AgentHistory) =>
    by === 'signed-in'
      ? agent.signedInMs
      : by === 'occupancy'
        ? (agent.occupancy.value ?? 0)
        : timeIn(agent, by)
  return agents.toSorted((left, right) => measure(right) - measure(left))
}
