import { CalculatorOutlined, DownloadOutlined, ReloadOutlined, SmileOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, Empty, Segmented } from 'antd'
import { useState } from 'react'
import type { Intervals, QueueIntervals, Step } from '../../insight/intervals/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { codeOf } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { type Days, daysOf, lengthOf, type PeriodKind, periodOf, problemWith } from '../kit/period.ts'
import { problemKey } from '../kit/problem-text.ts'
import { useToday } from '../kit/use-today.ts'
import { Opening } from '../kit/whole-page.tsx'
import { ChartsRow } from './charts-row.tsx'
import { Figures } from './figures.tsx'
import { AgentTable, QueueTable } from './interval-table.tsx'
import { PeriodPicker } from './period-picker.tsx'
import { Planner } from './planner.tsx'
import { Ratings } from './ratings.tsx'
import styles from './statistics.module.css'
import { type By, intervalsUrl, useIntervals, useRollingRates } from './use-statistics.ts'

const GROUPS: readonly By[] = ['all', 'line', 'queue', 'skill', 'agent']
const STEPS = ['15m', '1h', '1d', 'whole'] as const
type TableStep = (typeof STEPS)[number]

/** Charts of more days than this would be drawn finer than the screen is. */
const MOST_DAYS_BY_QUARTER = 3

/** The figures of a period (话务统计): totals with their formulas, charts, and the intervals by group. */
export default function StatisticsPage({ me: _me }: { readonly me: Me }) {
  const { t } = useWords()
  const today = useToday()
  const [kind, setKind] = useState<PeriodKind>('today')
  const [custom, setCustom] = useState<Days>({ first: today, last: today })
  const [by, setBy] = useState<By>('queue')
  const [step, setStep] = useState<TableStep>('1h')
  const [withBands, setWithBands] = useState(false)
  const [planning, setPlanning] = useState(false)
  const [rating, setRating] = useState(false)
  const days = daysOf(kind, custom, Date.parse(`${today}T12:00:00+08:00`))
  const problem = problemWith(days)
  const asked = {
    ...(problem === null ? periodOf(days) : { from: '', to: '' }),
    running: problem === null && days.last >= today,
    enabled: problem === null,
  }
  const chartStep: Step = problem === null && lengthOf(days) > MOST_DAYS_BY_QUARTER ? '1h' : '15m'
  const whole = useIntervals(asked, 'all', chartStep)
  const rolling = useRollingRates(asked)
  const tableStep = step === 'whole' ? '1d' : step
  const table = useIntervals(asked, by, tableStep)
  const refresh = () => Promise.all([whole.refetch(), rolling.refetch(), table.refetch()])
  return (
    <main className={styles.page} data-testid="statistics">
      <header className={styles.tools}>
        <h1>{t('statistics.title')}</h1>
        <PeriodPicker
          kind={kind}
          days={days}
          today={today}
          onChange={(chosen, chosenDays) => {
            setKind(chosen)
            setCustom(chosenDays)
          }}
        />
        <span className={styles.gap} />
        <Button icon={<SmileOutlined />} onClick={() => setRating(true)} data-testid="ratings-open">
          {t('ratings.title')}
        </Button>
        <Button icon={<CalculatorOutlined />} onClick={() => setPlanning(true)} data-testid="plan">
          {t('statistics.plan')}
        </Button>
        <Button icon={<ReloadOutlined />} loading={table.isFetching} onClick={() => void refresh()}>
          {t('statistics.refresh')}
        </Button>
      </header>
      {whole.isError && <Alert type="error" showIcon title={t(problemKey(whole.error))} />}
      {isOfQueues(whole.data) ? (
        <Overview found={whole.data} rolling={rolling.data} />
      ) : (
        whole.isPending && asked.enabled && <Opening />
      )}
      <div className={styles.tools}>
        <Segmented<By>
          value={by}
          onChange={setBy}
          options={GROUPS.map(value => ({ value, label: t(`statistics.by.${value}`) }))}
          aria-label={t('statistics.by')}
          data-testid="group-by"
        />
        <Segmented<TableStep>
          value={step}
          onChange={setStep}
          options={STEPS.map(value => ({ value, label: t(`statistics.step.${value}`) }))}
          aria-label={t('statistics.step')}
          data-testid="step"
        />
        <Checkbox
          checked={withBands}
          onChange={event => setWithBands(event.target.checked)}
          data-testid="bands"
        >
          {t('statistics.bands')}
        </Checkbox>
        <span className={styles.gap} />
        <Button
          icon={<DownloadOutlined />}
          href={intervalsUrl(asked, by, tableStep, 'csv')}
          download
          disabled={!asked.enabled}
          data-testid="csv"
        >
          {t('statistics.csv')}
        </Button>
      </div>
      {table.isError && (
        <Alert
          type="error"
          showIcon
          title={t(codeOf(table.error) === 'bad-input' ? 'statistics.too-many' : problemKey(table.error))}
        />
      )}
      {table.data !== undefined && !table.isError && (
        <IntervalTable
          found={table.data}
          whole={step === 'whole'}
          withBands={withBands}
          busy={table.isPlaceholderData && asked.enabled}
        />
      )}
      <Ratings open={rating} onClose={() => setRating(false)} asked={asked} />
      <Planner
        open={planning}
        onClose={() => setPlanning(false)}
        found={isOfQueues(whole.data) ? whole.data : null}
      />
    </main>
  )
}

function isOfQueues(found: Intervals | undefined): found is QueueIntervals {
  return found !== undefined && found.by !== 'agent'
}

function Overview(props: {
  readonly found: QueueIntervals
  readonly rolling: Parameters<typeof ChartsRow>[0]['rolling']
}) {
  const { t } = useWords()
  const { found, rolling } = props
  return (
    <>
      <Figures total={found.total} formulas={found.formulas} target={found.target} rolling={rolling} />
      {found.total.offered === 0 ? (
        <div className={styles.empty}>
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={
              <>
                <b>{t('statistics.none')}</b>
                <br />
                {t('statistics.none.what')}
              </>
            }
          />
        </div>
      ) : (
        <ChartsRow found={found} rolling={rolling} />
      )}
    </>
  )
}

function IntervalTable(props: {
  readonly found: Intervals
  readonly whole: boolean
  readonly withBands: boolean
  readonly busy: boolean
}) {
  const { found, ...rest } = props
  // Another grouping is another table: its columns, and where it was scrolled to, are its own.
  return found.by === 'agent' ? (
    <AgentTable key="agent" found={found} {...rest} />
  ) : (
    <QueueTable key={found.by} found={found} {...rest} />
  )
}
