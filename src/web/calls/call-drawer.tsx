import { Alert, Button, Drawer, Spin, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import type { CallDetail, CallRow } from '../../floor/call-records/schema.ts'
import { RecordingPlayer } from '../agent/recording-player.tsx'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { problemKey } from '../kit/problem-text.ts'
import { clock, dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goToOrder, useMySeat } from '../shell/my-seat.ts'
import styles from './calls.module.css'
import { DirectionTag, GradeText, ResultTag, span } from './cells.tsx'
import { endText } from './note-words.ts'
import { Timeline } from './timeline.tsx'
import { useCall } from './use-calls.ts'
import { useOrder } from './use-order.ts'

interface Props {
  /** Null: closed. */
  readonly id: string | null
  readonly onOpen: (call: string) => void
  readonly onClose: () => void
}

/** One call in full: its facts, its recording, its work order, and all that happened. */
export function CallDrawer({ id, onOpen, onClose }: Props) {
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      size={600}
      mask={false}
      title={id !== null && <Title id={id} />}
      styles={{ body: { padding: '12px 16px' } }}
      data-testid="call-drawer"
    >
      {id !== null && <Body key={id} id={id} onOpen={onOpen} />}
    </Drawer>
  )
}

function Title({ id }: { readonly id: string }) {
  const { t } = useWords()
  const call = useCall(id).data?.call
  if (call === undefined) return t('call-log.title')
  return (
    <span className={styles.title}>
      {call.callerNumber === '' ? t('pop.withheld') : spaced(call.callerNumber)}
      <DirectionTag direction={call.direction} />
      <ResultTag row={call} />
    </span>
  )
}

function Body({ id, onOpen }: { readonly id: string; readonly onOpen: (call: string) => void }) {
  const { t } = useWords()
  const found = useCall(id)
  if (found.isPending) return <Spin />
  if (found.isError) return <Alert type="error" showIcon title={t(problemKey(found.error))} />
  const { call } = found.data
  return (
    <>
      <Facts detail={found.data} onOpen={onOpen} />
      <Recording call={call} />
      {call.workOrder !== null && <Order brief={call.workOrder} />}
      <section className={styles.part}>
        <h3>{t('call-log.timeline')}</h3>
        <Timeline detail={found.data} onOpen={onOpen} />
      </section>
    </>
  )
}

function Facts({ detail, onOpen }: { readonly detail: CallDetail; readonly onOpen: (call: string) => void }) {
  const { t, nameOf } = useWords()
  const now = useNow(false)
  const { call, queueName, callBackOf, participants } = detail
  return (
    <dl className={styles.facts} data-testid="call-facts">
      <Fact name={t('call-log.arrived')}>
        {dateAndTime(call.arrivedAt, now)}
        {clock(call.arrivedAt).slice(-3)}
      </Fact>
      <Fact name={t('call-log.ended')}>
        {call.endedAt === null ? t('calls.running') : clock(call.endedAt)}
        {call.reason !== null && <small>{endText(t, call.reason)}</small>}
      </Fact>
      <Fact name={t('call-log.wait')}>{span(call.waitMs)}</Fact>
      <Fact name={t('call-log.talk')}>{span(call.talkMs)}</Fact>
      <Fact name={t('call-log.dialled')}>{`${call.dialled} ${call.lineName ?? ''}`.trim()}</Fact>
      <Fact name={t('call-log.queue')}>{queueName === null ? '—' : nameOf(queueName)}</Fact>
      <Fact name={t('call-log.grade')}>
        <GradeText grade={call.grade} />
      </Fact>
      <Fact name={t('call-log.parties')}>
        {participants.length === 0
          ? (call.agentName ?? t('call-log.nobody'))
          : participants.map(({ staff, name, seat }) => (
              <span key={`${staff} ${seat}`} className={styles.party}>
                {t('call-log.party', { name, seat })}
              </span>
            ))}
      </Fact>
      {callBackOf !== null && (
        <Fact name={t('call-log.call-back-of')}>
          <Button type="link" size="small" className={styles.link ?? ''} onClick={() => onOpen(callBackOf)}>
            {t('call-log.call-back-of.open')}
          </Button>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Recording({ call }: { readonly call: CallRow }) {
  const { t } = useWords()
  if (call.recording === 'none') return null
  return (
    <section className={styles.part}>
      <h3>{t('call-log.recording')}</h3>
      {call.recording === 'ready' ? (
        <RecordingPlayer call={call.id} byItself={false} />
      ) : (
        <p className={styles.quiet}>{t(`recording.${call.recording}`)}</p>
      )}
      {call.lengthDiffers && <Alert type="warning" showIcon title={t('recording.differs')} />}
    </section>
  )
}

/** Read only: it is written at the desk. */
function Order({ brief }: { readonly brief: NonNullable<CallRow['workOrder']> }) {
  const { t } = useWords()
  const mySeat = useMySeat()
  const order = useOrder(brief.id)
  return (
    <section className={styles.part} data-testid="call-order">
      <h3>
        {t('call-log.order')}
        <span className={styles.quiet}>{brief.number}</span>
        <Tag color={brief.status === 'draft' ? 'warning' : 'success'}>{t(`case.status.${brief.status}`)}</Tag>
        {mySeat !== null && (
          <Button
            type="link"
            size="small"
            className={styles.link ?? ''}
            onClick={() => goToOrder(brief.id)}
            data-testid="call-order-open"
          >
            {t('call-log.order.open')}
          </Button>
        )}
      </h3>
      {order.isError && <Alert type="warning" showIcon title={t(problemKey(order.error))} />}
      {order.data !== undefined && <OrderText order={order.data} />}
    </section>
  )
}

function OrderText({ order }: { readonly order: WorkOrder }) {
  const { t } = useWords()
  return (
    <div className={styles.order}>
      <b>{order.title || t('calls.untitled')}</b>
      {order.text !== '' && <p>{order.text}</p>}
      {order.place !== '' && (
        <small>
          {t('call-log.order.place')}：{order.place}
        </small>
      )}
    </div>
  )
}
