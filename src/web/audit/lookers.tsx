import { Alert } from 'antd'
import { css } from '../kit/css.ts'
import type { Period } from '../kit/days-picker.tsx'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './audit.module.css'
import { useLookers } from './use-audit.ts'

interface Props {
  readonly period: Period
  /** The login whose looks are shown; empty: everybody's. */
  readonly chosen: string
  readonly onChoose: (login: string) => void
}

/** Who looked how often: whoever stands out is a click away from their reasons. */
export function Lookers({ period, chosen, onChoose }: Props) {
  const { t } = useWords()
  const now = useNow(false)
  const lookers = useLookers(period)
  if (lookers.isError) return <Alert type="error" banner title={t(problemKey(lookers.error))} />
  return (
    <section className={styles.lookers} aria-label={t('audit.lookers')} data-testid="lookers">
      {lookers.data?.length === 0 && <p>{t('audit.lookers.none')}</p>}
      {lookers.data?.map(({ login, name, looks, orders, lastAt }) => (
        <button
          key={login}
          type="button"
          className={css(styles.looker, login === chosen && styles.chosen)}
          aria-pressed={login === chosen}
          onClick={() => onChoose(login === chosen ? '' : login)}
          data-testid={`looker-${login}`}
        >
          <b>{name}</b> <small>{login}</small>
          <span>{t('audit.lookers.count', { looks, orders })}</span>
          <small>{t('audit.lookers.last', { time: dateAndTime(lastAt, now) })}</small>
        </button>
      ))}
    </section>
  )
}
