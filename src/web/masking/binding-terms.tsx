import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { carrierText, countdown, isPast, paceOf } from './binding-words.ts'
import styles from './masking.module.css'

interface Props {
  readonly binding: BindingView
  readonly showsCalls: boolean
  readonly onCalls: () => void
}

/** What a binding allows, and how long still; of one that is over, when and why. */
export function BindingTerms({ binding, showsCalls, onCalls }: Props) {
  const { t } = useWords()
  const calls = (
    <Button
      type="link"
      size="small"
      icon={showsCalls ? <UpOutlined /> : <DownOutlined />}
      iconPlacement="end"
      aria-expanded={showsCalls}
      onClick={onCalls}
      data-testid="show-calls"
    >
      {t('mask.calls')}
    </Button>
  )
  return isPast(binding) ? (
    <Past binding={binding}>{calls}</Past>
  ) : (
    <Running binding={binding}>{calls}</Running>
  )
}

interface PartProps {
  readonly binding: BindingView
  readonly children: ReactNode
}

function Past({ binding, children }: PartProps) {
  const { t } = useWords()
  const now = useNow(false)
  const at = binding.endedAt ?? binding.validUntil
  return (
    <p className={styles.terms}>
      <span>
        {at !== null && `${t('mask.ended', { time: dateAndTime(at, now) })} · `}
        {t(`mask.end-reason.${binding.endReason ?? 'expired'}`)}
      </span>
      {children}
    </p>
  )
}

function Running({ binding, children }: PartProps) {
  const { t } = useWords()
  const { callsToday, mostCallsADay, mostTalkMinutes, records, hasPin, pinLocked, madeBy, carrier } = binding
  const terms = [
    t('mask.most-talk', { minutes: mostTalkMinutes }),
    t(records ? 'mask.records' : 'mask.no-record'),
    ...(hasPin ? [t('mask.pin')] : []),
    t(madeBy === 'dispatch' ? 'mask.by-dispatch' : 'mask.by-hand'),
  ]
  return (
    <>
      <p className={styles.terms}>
        <Left binding={binding} />
        <span className={css(callsToday >= mostCallsADay && styles.full)} data-testid="calls-today">
          {t('mask.calls-today', { count: callsToday, most: mostCallsADay })}
        </span>
        {children}
      </p>
      <p className={styles.small}>{terms.join(' · ')}</p>
      {carrier !== null && (
        <p className={carrier.problem === null ? styles.small : styles.warned} data-testid="carrier">
          {carrierText(t, carrier)}
        </p>
      )}
      {binding.state === 'waiting' && carrier === null && (
        <p className={styles.warned}>{t('mask.no-number.what')}</p>
      )}
      {pinLocked && <p className={styles.warned}>{t('mask.pin-locked')}</p>}
    </>
  )
}

/** Counts down, and nothing around it is drawn anew for that. */
function Left({ binding: { validUntil } }: { readonly binding: BindingView }) {
  const { t } = useWords()
  const now = useNow(validUntil !== null)
  if (validUntil === null) return <span className={styles.left}>{t('mask.open-end.what')}</span>
  const leftMs = Date.parse(validUntil) - now
  return (
    <time
      className={styles.left}
      dateTime={validUntil}
      data-pace={paceOf(leftMs)}
      title={t('mask.until', { time: dateAndTime(validUntil, now) })}
      data-testid="left"
    >
      {countdown(t, leftMs)}
    </time>
  )
}
