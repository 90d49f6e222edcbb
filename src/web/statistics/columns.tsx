import type { TableProps } from 'antd'
import type { ReactNode } from 'react'
import type {
  AgentFigures,
  AnsweredFigures,
  Formula,
  QueueFigures,
  Share,
} from '../../insight/intervals/schema.ts'
import { hours, mean, percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import type { AgentRow, QueueRow } from './add-up.ts'
import { betweenBands } from './add-up.ts'
import styles from './statistics.module.css'

/** A figure of a row and of the total alike: how it is shown, and by which number it is sorted. */
export interface FigureColumn<Figures> {
  readonly key: string
  readonly title: ReactNode
  readonly width: number
  /** Null: nothing to show. */
  readonly value: (figures: Figures) => number | null
  readonly shown?: (figures: Figures) => ReactNode
}

interface Kind {
  readonly formulas: readonly Formula[]
  readonly bandsS: readonly number[]
  readonly target: number
  readonly withBands: boolean
}

type Words = ReturnType<typeof useWords>['t']

export function useQueueColumns({ formulas, bandsS, target, withBands }: Kind): FigureColumn<QueueFigures>[] {
  const { t } = useWords()
  const named = namer(formulas, t)
  const count = (key: 'failed' | 'waiting', width: number): FigureColumn<QueueFigures> => ({
    key,
    title: named(key),
    width,
    value: row => row[key],
  })
  return [
    { key: 'offered', title: named('offered'), width: 78, value: row => row.offered },
    { key: 'answered', title: named('answered'), width: 66, value: row => row.answered },
    ...(withBands ? answeredBands(bandsS, t) : []),
    shareColumn('service-level', named('service-level'), 90, target, row => row.serviceLevel),
    shareColumn('answer-rate', named('answer-rate'), 80, target, row => row.answerRate),
    { key: 'abandoned', title: named('abandoned'), width: 66, value: row => row.abandoned },
    ...(withBands ? abandonedBands(bandsS, t) : []),
    { key: 'short', title: named('short-abandoned'), width: 90, value: row => row.shortAbandoned },
    { key: 'overflowed', title: named('overflowed'), width: 66, value: row => row.overflowed },
    { key: 'timed-out', title: named('timed-out'), width: 90, value: row => row.timedOut },
    { key: 'turned-away', title: named('turned-away'), width: 90, value: row => row.turnedAway },
    count('failed', 90),
    count('waiting', 80),
    ...handlingColumns<QueueFigures>(named, t),
  ]
}

export function useAgentColumns({ formulas, bandsS, withBands }: Kind): FigureColumn<AgentFigures>[] {
  const { t } = useWords()
  const named = namer(formulas, t)
  const time = (
    key: string,
    title: ReactNode,
    of: keyof AgentFigures['time'],
  ): FigureColumn<AgentFigures> => ({
    key,
    title,
    width: 92,
    value: row => row.time[of],
    shown: row => hours(row.time[of]),
  })
  return [
    { key: 'offered', title: named('offered-to-agent'), width: 78, value: row => row.offered },
    { key: 'answered', title: named('answered'), width: 66, value: row => row.answered },
    ...(withBands ? answeredBands(bandsS, t) : []),
    ...handlingColumns<AgentFigures>(named, t),
    time('available', t('statistics.available-time'), 'availableMs'),
    time('talking', t('statistics.talking-time'), 'talkingMs'),
    time('wrap-up-time', t('statistics.wrap-up-time'), 'wrapUpMs'),
    time('not-ready', t('statistics.not-ready-time'), 'notReadyMs'),
    shareColumn('occupancy', named('occupancy'), 96, 0, row => row.occupancy),
  ]
}

type Named =
  | 'offered'
  | 'offered-to-agent'
  | 'answered'
  | 'service-level'
  | 'answer-rate'
  | 'abandoned'
  | 'short-abandoned'
  | 'overflowed'
  | 'timed-out'
  | 'turned-away'
  | 'failed'
  | 'waiting'
  | 'asa'
  | 'aht'
  | 'occupancy'

function namer(formulas: readonly Formula[], t: Words) {
  return (id: Named) => <FormulaNote formula={formulaOf(formulas, id)}>{t(`statistics.${id}`)}</FormulaNote>
}

function shareColumn<Figures>(
  key: string,
  title: ReactNode,
  width: number,
  target: number,
  of: (row: Figures) => Share,
): FigureColumn<Figures> {
  return {
    key,
    title,
    width,
    value: row => of(row).value,
    shown(row) {
      const { value } = of(row)
      return (
        <span className={value !== null && value < target ? styles.below : undefined}>{percent(value)}</span>
      )
    },
  }
}

function handlingColumns<Figures extends AnsweredFigures>(
  named: (id: Named) => ReactNode,
  t: Words,
): FigureColumn<Figures>[] {
  const meanColumn = (key: string, title: ReactNode, width: number, of: (row: Figures) => number | null) => ({
    key,
    title,
    width,
    value: of,
    shown: (row: Figures) => mean(of(row)),
  })
  return [
    meanColumn('asa', named('asa'), 90, row => row.speedOfAnswer.meanMs),
    meanColumn('aht', named('aht'), 90, row => row.handling.whole.meanMs),
    meanColumn('talk', t('statistics.talk'), 60, row => row.handling.talk.meanMs),
    meanColumn('hold', t('statistics.hold'), 60, row => row.handling.hold.meanMs),
    meanColumn('wrap-up', t('statistics.wrap-up'), 60, row => row.handling.wrapUp.meanMs),
  ]
}

function answeredBands<Figures extends AnsweredFigures>(
  bandsS: readonly number[],
  t: Words,
): FigureColumn<Figures>[] {
  return bandsS.map((seconds, band) => ({
    key: `answered-${seconds}`,
    title: <i className={styles.band}>{t('statistics.within', { seconds })}</i>,
    width: 66,
    value: row => row.answeredWithin[band] ?? null,
  }))
}

/** Told apart, not added up: between one limit and the next. */
function abandonedBands(bandsS: readonly number[], t: Words): FigureColumn<QueueFigures>[] {
  const last = bandsS.at(-1) ?? 0
  return [...bandsS, Number.POSITIVE_INFINITY].map((seconds, band) => ({
    key: `abandoned-${seconds}`,
    title: (
      <i className={styles.bandLost}>
        {Number.isFinite(seconds)
          ? t('statistics.between', { from: bandsS[band - 1] ?? 0, to: seconds })
          : t('statistics.beyond', { seconds: last })}
      </i>
    ),
    width: 74,
    value: row => betweenBands(row.abandonedWithin, row.abandoned)[band] ?? null,
  }))
}

/** As the table takes them: right-aligned, sortable, empty where there is nothing. */
export function tableColumns<Row extends QueueRow | AgentRow>(
  columns: readonly FigureColumn<Row>[],
): NonNullable<TableProps<Row>['columns']> {
  return columns.map(({ key, title, width, value, shown }) => ({
    key,
    title,
    width,
    align: 'right',
    showSorterTooltip: false,
    sorter: (left: Row, right: Row) => (value(left) ?? -1) - (value(right) ?? -1),
    render: (_: unknown, row: Row) => shown?.(row) ?? value(row),
  }))
}
