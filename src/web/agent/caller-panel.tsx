import { PhoneFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { dateAndTime, duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import styles from './caller-panel.module.css'
import { isOffered } from './desk-state.ts'
import type { CallControl } from './use-call-control.ts'

interface Props {
  readonly pop: Pop
  readonly seat: SeatView
  readonly phone: PhoneInUse
  readonly control: CallControl
  readonly onOpen: (order: string) => void
}

/** The screen-pop: who is calling, before the phone rings and for as long as the call is on the desk. */
export function CallerPanel({ pop, seat, phone, control, onOpen }: Props) {
  const { t } = useWords()
  const offered = isOffered(seat.state)
  return (
    <article
      className={css(styles.pop, offered && styles.offered)}
      aria-live="assertive"
      data-testid="pop"
      data-call={pop.callId}
    >
      <header className={styles.head}>
        <small>{t(headKey(seat))}</small>
        <h2 className={styles.number} data-testid="pop-caller">
          {pop.callerNumber === '' ? t('pop.withheld') : spaced(pop.callerNumber)}
        </h2>
        <dl className={styles.facts}>
          <dt>{t('pop.dialled')}</dt>
          <dd data-testid="pop-line">
            {pop.line.name} <span className={styles.dialled}>{pop.dialled}</span>
          </dd>
          <dt>{t('pop.waited')}</dt>
          <dd data-testid="pop-waited">
            <Waited pop={pop} running={offered} />
          </dd>
        </dl>
        {offered && <AnswerButton seat={seat} phone={phone} control={control} />}
      </header>
      <EarlierCalls pop={pop} />
      <OpenOrders pop={pop} onOpen={onOpen} />
    </article>
  )
}

function headKey(seat: SeatView) {
  if (seat.state === 'reserved') return 'pop.incoming'
  if (seat.state === 'ringing') return 'pop.ringing'
  return seat.state === 'talking' ? 'pop.caller' : 'pop.ended'
}

/** Grows while the caller still waits; then what it was when the call was offered. */
function Waited({ pop, running }: { readonly pop: Pop; readonly running: boolean }) {
  const now = useNow(running)
  const sinceOffer = running ? Math.max(0, now - Date.parse(pop.offeredAt)) : 0
  return <>{duration(pop.waitedMs + sinceOffer)}</>
}

function AnswerButton({ seat, phone, control }: Pick<Props, 'seat' | 'phone' | 'control'>) {
  const { t } = useWords()
  const button = useRef<HTMLButtonElement>(null)
  const { call } = phone.state
  const canAnswer = control.answer !== undefined
  // Space and Enter answer by being the focused button's keys. An agent who is typing keeps the field, and F2.
  useEffect(() => {
    if (canAnswer && document.activeElement?.matches('input, textarea') !== true) button.current?.focus()
  }, [canAnswer])
  if (seat.phone === 'sip') {
    return (
      <p className={styles.onPhone}>
        {t(seat.state === 'ringing' ? 'pop.answer-on-phone' : 'pop.preparing')}
      </p>
    )
  }
  return (
    <Button
      ref={button}
      block
      className={css(styles.answer)}
      icon={<PhoneFilled />}
      disabled={!canAnswer}
      onClick={control.answer}
      data-testid="answer"
    >
      {call.name === 'none' && t('pop.preparing')}
      {call.name === 'ringing' && (
        <>
          {t('pop.answer')} <kbd>{t('pop.answer-keys')}</kbd>
        </>
      )}
      {(call.name === 'answering' || call.name === 'talking') && t('pop.answering')}
    </Button>
  )
}

function EarlierCalls({ pop }: { readonly pop: Pop }) {
  const { t } = useWords()
  const now = Date.parse(pop.offeredAt)
  return (
    <section className={styles.part} data-testid="pop-earlier-calls">
      <h3>
        {t('pop.earlier')} <span className={styles.count}>{pop.earlierCalls.length}</span>
      </h3>
      {pop.earlierCalls.length === 0 ? (
        <p className={styles.none}>{t('pop.no-earlier')}</p>
      ) : (
        <ul>
          {pop.earlierCalls.map(call => (
            <li key={call.id}>
              <time>{dateAndTime(call.at, now)}</time>
              <span className={styles.grow}>{call.lineName}</span>
              <span>{call.agentName}</span>
              {call.result !== null && (
                <em className={call.result === 'completed' ? undefined : styles.poor}>
                  {t(`result.${call.result}`)}
                </em>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function OpenOrders({ pop, onOpen }: Pick<Props, 'pop' | 'onOpen'>) {
  const { t } = useWords()
  return (
    <section className={styles.part} data-testid="pop-open-orders">
      <h3>
        {t('pop.orders')} <span className={styles.count}>{pop.openWorkOrders.length}</span>
      </h3>
      {pop.openWorkOrders.length === 0 ? (
        <p className={styles.none}>{t('pop.no-orders')}</p>
      ) : (
        <ul>
          {pop.openWorkOrders.map(order => (
            <li key={order.id}>
              <Button type="link" className={css(styles.order)} onClick={() => onOpen(order.id)}>
                <span className={styles.orderLine}>
                  <span className={styles.grow}>{order.title || t('calls.untitled')}</span>
                  <em>{t(`order.${order.status}`)}</em>
                  <time>{order.number}</time>
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
