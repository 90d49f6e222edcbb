import { Button } from 'antd'
import type { CallDetail, TimelineNote } from '../../floor/call-records/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { clock, duration } from '../kit/time.ts'
import styles from './calls.module.css'
import { type Names, sentenceOf } from './note-words.ts'
import { useQueueList } from './use-calls.ts'

interface Props {
  readonly detail: CallDetail
  readonly onOpen: (call: string) => void
}

/** What shows at a glance how the call went: green it came together, red it did not, blue it was handed on. */
const TONES: Readonly<Record<string, 'good' | 'bad' | 'moved'>> = {
  answered: 'good',
  bridged: 'good',
  'citizen-answered': 'good',
  'transfer-answered': 'good',
  'not-answered': 'bad',
  'not-reached': 'bad',
  'transfer-failed': 'bad',
  recovered: 'bad',
  queued: 'moved',
  escalated: 'moved',
  transferred: 'moved',
  'taken-over': 'moved',
}

/** 话务时间线: every note with the city's time and the time since the call began. */
export function Timeline({ detail, onOpen }: Props) {
  const { t, nameOf } = useWords()
  const queues = useQueueList()
  const { call, notes, participants } = detail
  const names: Names = {
    direction: call.direction,
    agentAt: seat => participants.find(one => one.seat === seat)?.name ?? null,
    queue(id) {
      const queue = queues.find(one => one.id === id)
      return queue === undefined ? null : nameOf(queue)
    },
  }
  const began = Date.parse(call.arrivedAt)
  return (
    <ol className={styles.timeline} data-testid="timeline">
      {notes.map(note => (
        <li key={note.position} className={css(styles[TONES[note.kind] ?? ''])} data-kind={note.kind}>
          <time>{clock(note.at)}</time>
          <small>+{duration(Date.parse(note.at) - began)}</small>
          <span>
            {sentenceOf(note, t, names)}
            <Booked note={note} onOpen={onOpen} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The way from the call in which a call-back was booked to the call-back. */
function Booked({ note, onOpen }: { readonly note: TimelineNote; readonly onOpen: Props['onOpen'] }) {
  const { t } = useWords()
  const { call } = note.detail
  if (note.kind !== 'call-back-booked' || typeof call !== 'string') return null
  return (
    <Button type="link" size="small" className={styles.link ?? ''} onClick={() => onOpen(call)}>
      {t('call-log.open-call')}
    </Button>
  )
}
