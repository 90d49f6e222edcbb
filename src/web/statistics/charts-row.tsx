import { type ReactNode, useMemo } from 'react'
import type { QueueIntervals, RollingRates } from '../../insight/intervals/schema.ts'
import { Chart } from '../kit/chart.tsx'
import { percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import { serverClock } from '../kit/server-clock.ts'
import { type ChartWords, callsOption, rollingOption, waitsOption } from './charts.ts'
import styles from './statistics.module.css'

interface Props {
  readonly found: QueueIntervals
  readonly rolling: RollingRates | undefined
}

export function ChartsRow({ found, rolling }: Props) {
  const { t } = useWords()
  const words = useMemo<ChartWords>(
    () => ({
      answered: t('statistics.answered'),
      abandoned: t('statistics.abandoned'),
      failed: t('statistics.failed'),
      waiting: t('statistics.waiting'),
      serviceLevel: t('statistics.service-level'),
      answerRate: t('statistics.answer-rate'),
      between: (from, to) => `${from}–${to}`,
      beyond: seconds => `>${seconds}`,
    }),
    [t],
  )
  const calls = useMemo(() => callsOption(found, words, serverClock.now()), [found, words])
  const waits = useMemo(() => waitsOption(found, words), [found, words])
  const rates = useMemo(
    () => (rolling === undefined ? null : rollingOption(rolling, words, serverClock.now())),
    [rolling, words],
  )
  const values = rolling?.rates.flatMap(({ answerRate }) => answerRate.value ?? []) ?? []
  const callsTitle = t('statistics.chart.calls', { step: t(`statistics.step.${found.step}`) })
  return (
    <section className={styles.charts}>
      <ChartBox title={callsTitle}>
        <Chart option={calls} label={callsTitle} testId="chart-calls" />
      </ChartBox>
      <ChartBox title={t('statistics.chart.waits')}>
        <Chart option={waits} label={t('statistics.chart.waits')} testId="chart-waits" />
      </ChartBox>
      <ChartBox
        title={
          <FormulaNote formula={formulaOf(found.formulas, 'answer-rate')}>
            {t('statistics.chart.rolling')}
          </FormulaNote>
        }
        note={values.length > 0 && t('statistics.chart.lowest', { share: percent(Math.min(...values), 2) })}
      >
        {rates !== null && (
          <Chart option={rates} label={t('statistics.chart.rolling')} testId="chart-rolling" />
        )}
      </ChartBox>
    </section>
  )
}

function ChartBox(props: {
  readonly title: ReactNode
  readonly note?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.chart}>
      <h2>
        {props.title}
        <small>{props.note}</small>
      </h2>
      <div>{props.children}</div>
    </div>
  )
}
