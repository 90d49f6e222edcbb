import type { ReactNode } from 'react'
import type { Formula, QueueFigures, RollingRates } from '../../insight/intervals/schema.ts'
import { css } from '../kit/css.ts'
import { mean, percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import styles from './statistics.module.css'

interface Props {
  readonly total: QueueFigures
  readonly formulas: readonly Formula[]
  readonly target: number
  readonly rolling: RollingRates | undefined
}

/** The period in one line: each figure with its formula, and against its target where it has one. */
export function Figures({ total, formulas, target, rolling }: Props) {
  const { t, nameOf } = useWords()
  const level = formulaOf(formulas, 'service-level')
  const serviceLevelName = level === undefined ? t('statistics.service-level') : nameOf(level)
  const named = (id: string, name: string) => (
    <FormulaNote formula={formulaOf(formulas, id)}>{name}</FormulaNote>
  )
  const wanted = t('statistics.target', { share: percent(target, 0) })
  const last = rolling?.rates.at(-1)?.answerRate
  const against = (value: number | null | undefined) => ({
    good: typeof value === 'number' && value >= target,
    bad: typeof value === 'number' && value < target,
  })
  return (
    <section className={styles.figures} data-testid="statistics-figures">
      <Figure name={named('offered', t('statistics.offered'))} value={total.offered} testId="offered" />
      <Figure name={named('answered', t('statistics.answered'))} value={total.answered} testId="answered" />
      <Figure
        name={named('abandoned', t('statistics.abandoned'))}
        value={total.abandoned}
        testId="abandoned"
        more={
          <>
            {named('short-abandoned', t('statistics.short-abandoned'))} {total.shortAbandoned}
          </>
        }
      />
      <Figure
        name={named('overflowed', t('statistics.overflowed'))}
        value={total.overflowed}
        testId="overflowed"
        more={
          <>
            {named('timed-out', t('statistics.timed-out'))} {total.timedOut}
          </>
        }
      />
      <Figure
        name={named('failed', t('statistics.failed'))}
        value={total.failed}
        testId="failed"
        more={
          <>
            {named('turned-away', t('statistics.turned-away'))} {total.turnedAway}
          </>
        }
      />
      <Figure
        name={named('service-level', serviceLevelName)}
        value={percent(total.serviceLevel.value)}
        testId="service-level"
        {...against(total.serviceLevel.value)}
        more={t('statistics.of', total.serviceLevel)}
      />
      <Figure
        name={named('answer-rate', t('statistics.answer-rate'))}
        value={percent(total.answerRate.value)}
        testId="answer-rate"
        {...against(total.answerRate.value)}
        more={wanted}
      />
      <Figure
        name={named('answer-rate', t('statistics.answer-rate.rolling'))}
        value={percent(last?.value ?? null)}
        testId="rolling"
        {...against(last?.value)}
        more={last === undefined ? wanted : t('statistics.of', last)}
      />
      <Figure
        name={named('asa', t('statistics.asa'))}
        value={mean(total.speedOfAnswer.meanMs)}
        testId="asa"
      />
      <Handling handling={total.handling} name={named('aht', t('statistics.aht'))} />
    </section>
  )
}

interface FigureProps {
  readonly name: ReactNode
  readonly value: ReactNode
  readonly testId: string
  readonly more?: ReactNode
  /** Meets its target. */
  readonly good?: boolean
  readonly bad?: boolean
}

function Figure({ name, value, testId, more, good = false, bad = false }: FigureProps) {
  return (
    <div className={css(styles.figure, good && styles.good, bad && styles.bad)}>
      <span>{name}</span>
      <b data-testid={`figure-${testId}`}>{value}</b>
      <small>{more}</small>
    </div>
  )
}

const PARTS = [
  ['announcement', 'announcement', '#9aa7b5'],
  ['talk', 'talk', '#0b5cab'],
  ['hold', 'hold', '#a85b00'],
  ['wrapUp', 'wrap-up', '#6345b5'],
] as const

/** AHT over its parts, each as wide as it is long. */
function Handling({
  handling,
  name,
}: {
  readonly handling: QueueFigures['handling']
  readonly name: ReactNode
}) {
  const { t } = useWords()
  return (
    <div className={css(styles.figure, styles.handling)}>
      <span>{name}</span>
      <b data-testid="figure-aht">{mean(handling.whole.meanMs)}</b>
      <div>
        <i className={styles.parts}>
          {PARTS.map(([part, , colour]) => (
            <i key={part} style={{ flexGrow: handling[part].totalMs, background: colour }} />
          ))}
        </i>
        <small>
          {PARTS.map(([part, key, colour]) => (
            <span key={part} style={{ color: colour === '#9aa7b5' ? '#566678' : colour }}>
              {t(`statistics.${key}`)} {mean(handling[part].meanMs)}
            </span>
          ))}
        </small>
      </div>
    </div>
  )
}
