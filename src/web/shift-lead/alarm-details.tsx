import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, Tag } from 'antd'
import { useState } from 'react'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import type { FloorQueue } from '../../floor/supervision/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { LEVEL_COLOUR } from '../alarms/level-colour.ts'
import { valueText } from '../alarms/limits.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { clock } from '../kit/time.ts'
import { type AlarmGroup, isAcknowledged } from './alarm-groups.ts'
import styles from './alarms.module.css'
import { Ticking } from './ticking.tsx'

interface Props {
  readonly group: AlarmGroup
  readonly queues: readonly FloorQueue[]
  readonly onSeat: (number: string) => void
  readonly onDone: () => void
}

/** Longer lists are those of callers, and the queue beside shows them. */
const SHOWN = 6

export function AlarmDetails({ group, queues, onSeat, onDone }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const acknowledge = useMutation({
    mutationFn: () => {
      const open = group.alarms.filter(({ acknowledged }) => acknowledged === null)
      return Promise.all(
        open.map(({ id }) => post(`/api/alarms/${encodeURIComponent(id)}/acknowledge`, { note })),
      )
    },
    onSuccess: onDone,
    onError: error => message.error(t(problemKey(error))),
  })
  const { seat } = group.first
  return (
    <div className={styles.details} data-testid="alarm-details">
      <h3>{t(`alarms.kind.${group.kind}`)}</h3>
      <ul>
        {group.alarms.slice(0, SHOWN).map(alarm => (
          <Line key={alarm.id} alarm={alarm} queues={queues} />
        ))}
      </ul>
      {group.alarms.length > SHOWN && <p>{t('floor.queue.more', { count: group.alarms.length - SHOWN })}</p>}
      {!isAcknowledged(group) && (
        <form
          onSubmit={event => {
            event.preventDefault()
            acknowledge.mutate()
          }}
        >
          <Input
            autoFocus
            value={note}
            maxLength={200}
            placeholder={t('alarms.acknowledge.note')}
            onChange={event => setNote(event.target.value)}
            data-testid="alarm-note"
          />
          <Button
            type="primary"
            htmlType="submit"
            loading={acknowledge.isPending}
            data-testid="alarm-acknowledge"
          >
            {t('alarms.acknowledge')}
          </Button>
        </form>
      )}
      {seat !== null && (
        <Button onClick={() => onSeat(seat)} data-testid="alarm-open-seat">
          {t('alarms.open-seat')}
        </Button>
      )}
    </div>
  )
}

function Line({ alarm, queues }: { readonly alarm: AlarmView; readonly queues: readonly FloorQueue[] }) {
  const { t, nameOf } = useWords()
  const { kind, level, since, value, acknowledged } = alarm
  const reason = useReasonText(alarm)
  const queue = queues.find(({ id }) => id === alarm.queue)
  const caller = queue?.callers.find(({ callId }) => callId === alarm.callId)
  const subject = [
    alarm.seat,
    alarm.agentName,
    queue === undefined ? alarm.queue : nameOf(queue),
    caller?.callerNumber,
    reason,
  ]
  return (
    <li>
      <Tag color={LEVEL_COLOUR[level]}>{t(`alarms.level.${level}`)}</Tag>
      <span>{subject.filter(Boolean).join(' · ')}</span>
      <b>{since === null ? valueText(kind, value ?? 0) : <Ticking since={Date.parse(since)} />}</b>
      <small>
        {t('alarms.limit', { limit: valueText(kind, alarm.limit) })} ·{' '}
        {t('alarms.raised-at', { time: clock(alarm.raisedAt) })}
        {acknowledged !== null &&
          ` · ${t('alarms.acknowledged', { name: acknowledged.by, time: clock(acknowledged.at) })}`}
        {acknowledged !== null && acknowledged.note !== '' && ` · ${acknowledged.note}`}
      </small>
    </li>
  )
}

function useReasonText({ kind, reason }: AlarmView): string | null {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  if (reason === null) return null
  if (kind !== 'not-offered') return nameOfReason(reason)
  return t(
    reason === 'phone-not-registered' ? 'alarms.why.phone-not-registered' : 'alarms.why.desk-not-connected',
  )
}
