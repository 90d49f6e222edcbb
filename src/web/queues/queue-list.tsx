import type { QueueView } from '../../floor/queues/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import { hashOf } from '../shell/place.ts'
import styles from './queues.module.css'
import { useSkills, useWaiting } from './use-queues.ts'

interface Props {
  readonly queues: readonly QueueView[]
  readonly chosen: string | null
  readonly isEdited: (id: string) => boolean
}

/** Each queue with its rules in a line, and who waits in it now. */
export function QueueList({ queues, chosen, isEdited }: Props) {
  const { t, nameOf } = useWords()
  const skills = useSkills().data ?? []
  const waiting = useWaiting()
  return (
    <nav className={styles.list} aria-label={t('queues.title')}>
      {queues.map(queue => {
        const now = waiting.get(queue.id)
        const needs = queue.needs.map(({ skill, level }) => {
          const known = skills.find(one => one.id === skill)
          return `${known === undefined ? skill : nameOf(known)}≥${level}`
        })
        return (
          <a
            key={queue.id}
            href={hashOf('queues', queue.id)}
            className={css(styles.item, isEdited(queue.id) && styles.edited)}
            aria-current={queue.id === chosen ? 'true' : undefined}
            data-testid={`queue-${queue.id}`}
          >
            <span className={styles.itemHead}>
              <b>{nameOf(queue)}</b>
              {now !== undefined && now.waiting > 0 && (
                <em>
                  {t('queues.now.waiting', { count: now.waiting })} {duration(now.longestWaitMs)}
                </em>
              )}
            </span>
            <small>
              {[t(`queues.strategy.${queue.strategy}`), ...needs].join(' · ')}
              {now !== undefined && <i>{t('queues.now.ready', { count: now.readySeats })}</i>}
            </small>
          </a>
        )
      })}
    </nav>
  )
}
