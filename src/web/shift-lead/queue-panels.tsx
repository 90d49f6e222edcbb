import { Empty } from 'antd'
import type { FloorCaller, FloorQueue, FloorSeat } from '../../floor/supervision/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { PickMenu } from './pick-menu.tsx'
import { PriorityControl } from './priority-control.tsx'
import styles from './queues.module.css'
import { Ticking } from './ticking.tsx'

/** Longer lists say how many more there are: the head of a queue is what one acts upon. */
const CALLERS_SHOWN = 12

interface Props {
  readonly queues: readonly FloorQueue[]
  readonly seats: readonly FloorSeat[]
  /** The instant of the view, up to which `waitedMs` counts. */
  readonly at: number
  /** Calls whose caller has waited beyond the limit. */
  readonly late: ReadonlySet<string>
}

export function QueuePanels({ queues, seats, at, late }: Props) {
  const { t } = useWords()
  const busiestFirst = queues.toSorted((a, b) => b.longestWaitMs - a.longestWaitMs)
  return (
    <aside className={styles.queues} aria-label={t('floor.queues')}>
      {queues.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('floor.queue.none')} />
      )}
      {busiestFirst.map(queue => (
        <QueuePanel key={queue.id} queue={queue} seats={seats} at={at} late={late} />
      ))}
    </aside>
  )
}

function QueuePanel({ queue, seats, at, late }: Omit<Props, 'queues'> & { readonly queue: FloorQueue }) {
  const { t, nameOf } = useWords()
  const more = queue.callers.length - CALLERS_SHOWN
  return (
    <section className={styles.queue} data-testid={`floor-queue-${queue.id}`}>
      <header>
        <h2>{nameOf(queue)}</h2>
        <span className={css(styles.readySeats, queue.readySeats === 0 && styles.noneReady)}>
          {t('floor.queue.ready', { count: queue.readySeats })}
        </span>
        <PriorityControl queue={queue} />
        <b>{t('floor.queue.waiting', { count: queue.waiting })}</b>
      </header>
      {queue.waiting === 0 ? (
        <p className={styles.nobody}>{t('floor.queue.empty')}</p>
      ) : (
        <ol>
          {queue.callers.slice(0, CALLERS_SHOWN).map(caller => (
            <Caller
              key={caller.callId}
              caller={caller}
              queue={queue.id}
              seats={seats}
              since={at - caller.waitedMs}
              late={late.has(caller.callId)}
            />
          ))}
        </ol>
      )}
      {more > 0 && <p className={styles.nobody}>{t('floor.queue.more', { count: more })}</p>}
    </section>
  )
}

interface CallerProps {
  readonly caller: FloorCaller
  readonly queue: string
  readonly seats: readonly FloorSeat[]
  readonly since: number
  readonly late: boolean
}

function Caller({ caller, queue, seats, since, late }: CallerProps) {
  const { t } = useWords()
  return (
    <li className={css(late && styles.late)} data-testid={`floor-caller-${caller.callId}`}>
      <span>{caller.callerNumber || t('floor.withheld')}</span>
      <small title={t('floor.queue.priority', { points: caller.priority })}>{caller.lineName}</small>
      <Ticking since={since} />
      <PickMenu queue={queue} callId={caller.callId} seats={seats} />
    </li>
  )
}
