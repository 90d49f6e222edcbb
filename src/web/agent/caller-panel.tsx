import { PhoneFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { isOffered, isPickedUp } from '../kit/seat-states.ts'
import type { PlainTextKey } from '../kit/texts.ts'
import { dateAndTime, duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import styles from './caller-panel.module.css'
import { isOwnTalk } from './desk-state.ts'
import { EmergencyKeys } from './emergency-keys.tsx'
import type { CallControl } from './use-call-control.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  readonly pop: Pop
  readonly seat: SeatView
  readonly phone: PhoneInUse
  readonly control: CallControl
  readonly acts: TalkActs
  readonly onOpen: (order: string) => void
}

/** The screen-pop: who is calling, before the phone rings and for as long as the call is on the desk. */
export function CallerPanel({ pop, seat, phone, control, acts, onOpen }: Props) {
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
        <small data-testid="pop-head">{t(headKey(seat, pop))}</small>
        <h2 className={styles.number} data-testid="pop-caller">
          {pop.callerNumber === '' ? t('pop.withheld') : spaced(pop.callerNumber)}
        </h2>
        <dl className={styles.facts}>
          <AskedBy seat={seat} />
          <dt>{t(pop.direction === 'inbound' ? 'pop.dialled' : 'pop.shows')}</dt>
          <dd data-testid="pop-line">
            {pop.line.name} <span className={styles.dialled}>{pop.dialled}</span>
          </dd>
          {pop.purpose === 'call' && (
            <>
              <dt>{t('pop.waited')}</dt>
              <dd data-testid="pop-waited">
                <Waited pop={pop} running={offered} />
              </dd>
            </>
          )}
        </dl>
        {offered && <AnswerButton seat={seat} phone={phone} control={control} />}
        {isPickedUp(seat.state) && seat.purpose !== 'consult' && seat.purpose !== 'watch' && (
          <EmergencyKeys disabled={!isOwnTalk(seat) || seat.call?.aside != null} acts={acts} />
        )}
      </header>
      <EarlierCalls pop={pop} />
      <OpenOrders pop={pop} onOpen={onOpen} />
    </article>
  )
}

/** What kind of call this is; `seat.purpose` is newer than the pop's: who was asked may have been handed the call. */
function headKey({ state, purpose }: SeatView, { direction }: Pop): PlainTextKey {
  if (isOffered(state)) {
    if (purpose === 'consult') return 'pop.head.consult'
    if (purpose === 'dial') return 'pop.head.dial'
    if (direction === 'call-back') return 'pop.head.call-back'
    return state === 'reserved' ? 'pop.incoming' : 'pop.ringing'
  }
  if (!isPickedUp(state)) return 'pop.ended'
  if (purpose === 'consult') return 'pop.head.consulting'
  if (direction === 'call-back') return 'pop.head.call-back'
  return direction === 'outbound' ? 'pop.head.called' : 'pop.caller'
}

/** Who wants to know something about this call. */
function AskedBy({ seat }: Pick<Props, 'seat'>) {
  const { t } = useWords()
  const by = seat.purpose === 'consult' ? (seat.call?.agent ?? null) : null
  if (by === null) return null
  return (
    <>
      <dt>{t('pop.asked-by')}</dt>
      <dd data-testid="pop-asked-by">
        {by.agentName} <span className={styles.dialled}>{by.seat}</span>
      </dd>
    </>
  )
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
                  <em>{t(`case.status.${order.status}`)}</em>
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
