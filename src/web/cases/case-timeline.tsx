import { Skeleton } from 'antd'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import type { RelatedOrder } from '../../casework/relations/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import frame from './case.module.css'
import styles from './case-timeline.module.css'
import { sentenceOf } from './case-words.ts'
import { positionIn } from './position.ts'
import { PositionText } from './position-text.tsx'
import { useUnitName } from './use-case.ts'
import { besides, useRelated } from './use-related.ts'

interface Props {
  readonly id: string
  readonly entries: readonly TimelineEntry[] | null
  readonly me: Me
}

/** What shows at a glance: green a step on, red a step back or a warning, purple the voice. */
const TONES: Readonly<Record<string, 'good' | 'bad'>> = {
  sign: 'good',
  answer: 'good',
  approve: 'good',
  rate: 'good',
  return: 'bad',
  'send-back': 'bad',
  supervise: 'bad',
  reopen: 'bad',
  'miss-call-back': 'bad',
}

/** The voice and the case on one line, the newest first. */
export function CaseTimeline({ id, entries, me }: Props) {
  const { t } = useWords()
  const related = useRelated(id).data
  const known = related === undefined ? [] : besides(related)
  return (
    <section className={frame.part}>
      <h3>{t('case.timeline')}</h3>
      {entries === null ? (
        <Skeleton active />
      ) : (
        <ol className={styles.timeline} data-testid="case-timeline">
          {[...entries].reverse().map(entry => (
            <Entry key={entry.id} entry={entry} me={me} known={known} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** Whoever works for the hotline hears calls; a department does not. */
function hearsCalls({ role }: Me): boolean {
  return role !== 'caseworker'
}

interface EntryProps {
  readonly entry: TimelineEntry
  readonly me: Me
  /** Other orders that the reader may open. */
  readonly known: readonly RelatedOrder[]
}

function Entry({ entry, me, known }: EntryProps) {
  const { t } = useWords()
  const now = useNow(false)
  const unitName = useUnitName()
  const { kind, what, by, why, call, texts, detail } = entry
  const other = known.find(({ id }) => id === (detail.other ?? detail.into))
  const position = positionIn(detail.point)
  const who = by ?? (kind === 'call' ? '' : t('told.service'))
  return (
    <li className={css(kind === 'call' ? styles.voice : styles[TONES[what] ?? ''])} data-what={what}>
      <div>
        <time>{dateAndTime(entry.at, now)}</time>
        <b>{who}</b>
        <span>{sentenceOf(entry, t, unitName)}</span>
        {other !== undefined && <a href={hashOf('orders', other.id)}>{other.number}</a>}
        {call !== null && what === 'answered' && hearsCalls(me) && (
          <a href={hashOf('calls', call)}>{t('told.listen')}</a>
        )}
      </div>
      {why !== '' && <p>{why}</p>}
      {typeof detail.duty === 'string' && <p>{t('told.return.duty', { duty: detail.duty })}</p>}
      {position !== null && (
        <p data-testid="timeline-position">
          <PositionText position={position} />
        </p>
      )}
      {Object.entries(texts).map(([field, text]) => (
        <p key={field}>{text}</p>
      ))}
    </li>
  )
}
