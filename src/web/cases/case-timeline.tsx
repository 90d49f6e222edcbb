import { Skeleton } from 'antd'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { hashOf } from '../shell/place.ts'
import frame from './case.module.css'
import styles from './case-timeline.module.css'
import { sentenceOf } from './case-words.ts'
import { useUnitName } from './use-case.ts'

interface Props {
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
export function CaseTimeline({ entries, me }: Props) {
  const { t } = useWords()
  return (
    <section className={frame.part}>
      <h3>{t('case.timeline')}</h3>
      {entries === null ? (
        <Skeleton active />
      ) : (
        <ol className={styles.timeline} data-testid="case-timeline">
          {[...entries].reverse().map(entry => (
            <Entry key={`${entry.at} ${entry.kind} ${entry.what}`} entry={entry} me={me} />
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

function Entry({ entry, me }: { readonly entry: TimelineEntry; readonly me: Me }) {
  const { t } = useWords()
  const now = useNow(false)
  const unitName = useUnitName()
  const { kind, what, by, why, call, texts, detail } = entry
  const who = by ?? (kind === 'call' ? '' : t('told.service'))
  return (
    <li className={css(kind === 'call' ? styles.voice : styles[TONES[what] ?? ''])} data-what={what}>
      <div>
        <time>{dateAndTime(entry.at, now)}</time>
        <b>{who}</b>
        <span>{sentenceOf(entry, t, unitName)}</span>
        {call !== null && what === 'answered' && hearsCalls(me) && (
          <a href={hashOf('calls', call)}>{t('told.listen')}</a>
        )}
      </div>
      {why !== '' && <p>{why}</p>}
      {typeof detail.duty === 'string' && <p>{t('told.return.duty', { duty: detail.duty })}</p>}
      {Object.entries(texts).map(([field, text]) => (
        <p key={field}>{text}</p>
      ))}
    </li>
  )
}
