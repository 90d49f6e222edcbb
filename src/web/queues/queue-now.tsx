import type { QueueView } from '../../floor/queues/schema.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import { hashOf } from '../shell/place.ts'
import styles from './queues.module.css'
import { useLines, useWaiting } from './use-queues.ts'

/** What is happening in this queue at this moment: whoever changes its rules sees whom it concerns. */
export function QueueNow({ queue }: { readonly queue: QueueView }) {
  const { t, nameOf } = useWords()
  const now = useWaiting().get(queue.id)
  const lines = useLines().data?.filter(line => line.queue === queue.id) ?? []
  return (
    <header className={styles.now}>
      <h2>
        {nameOf(queue)} <small className={styles.ident}>{queue.id}</small>
      </h2>
      {now !== undefined && (
        <p role="status">
          <b>{t('queues.now')}</b>
          <span className={now.waiting > 0 ? styles.busy : undefined}>
            {t('queues.now.waiting', { count: now.waiting })}
            {now.waiting > 0 && ` · ${t('queues.now.longest', { time: duration(now.longestWaitMs) })}`}
          </span>
          <span className={now.readySeats === 0 ? styles.busy : undefined}>
            {t('queues.now.ready', { count: now.readySeats })}
          </span>
          <a href={hashOf('lines')}>{t('queues.now.lines', { count: lines.length })}</a>
        </p>
      )}
    </header>
  )
}
