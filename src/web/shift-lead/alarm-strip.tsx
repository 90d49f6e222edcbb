import { AlertFilled, CheckCircleOutlined, MutedOutlined, SoundOutlined } from '@ant-design/icons'
import { Button, Popover, Tooltip } from 'antd'
import { useState } from 'react'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import type { FloorQueue } from '../../floor/supervision/schema.ts'
import { valueText } from '../alarms/limits.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { AlarmDetails } from './alarm-details.tsx'
import { type AlarmGroup, groupsOf, isAcknowledged, longestSince } from './alarm-groups.ts'
import styles from './alarms.module.css'
import { Ticking } from './ticking.tsx'
import { useAlarmSound } from './use-alarm-sound.ts'

interface Props {
  /** As the server orders them: the most serious first. */
  readonly alarms: readonly AlarmView[]
  readonly queues: readonly FloorQueue[]
  readonly onSeat: (number: string) => void
}

/** What should be looked at now, one chip each; a chip opens what is known and takes the acknowledgement. */
export function AlarmStrip({ alarms, queues, onSeat }: Props) {
  const { t } = useWords()
  const { muted, switchSound } = useAlarmSound(alarms)
  const groups = groupsOf(alarms)
  const worst = groups.find(group => !isAcknowledged(group))?.first.level
  return (
    <section
      className={css(styles.alarms, worst !== undefined && styles[worst])}
      data-testid="floor-alarms"
      data-count={alarms.length}
    >
      {alarms.length === 0 ? (
        <span className={styles.none}>
          <CheckCircleOutlined /> {t('alarms.none')}
        </span>
      ) : (
        <strong>
          <AlertFilled /> {t('alarms.count', { count: alarms.length })}
        </strong>
      )}
      <ol>
        {groups.map(group => (
          <Chip key={group.key} group={group} queues={queues} onSeat={onSeat} />
        ))}
      </ol>
      <a href="#/alarms">{t('alarms.more')}</a>
      <Tooltip title={t(muted ? 'alarms.unmute' : 'alarms.mute')}>
        <Button
          type="text"
          size="small"
          icon={muted ? <MutedOutlined /> : <SoundOutlined />}
          aria-label={t(muted ? 'alarms.unmute' : 'alarms.mute')}
          aria-pressed={muted}
          onClick={switchSound}
          data-testid="alarm-sound"
        />
      </Tooltip>
    </section>
  )
}

interface ChipProps extends Omit<Props, 'alarms'> {
  readonly group: AlarmGroup
}

function Chip({ group, queues, onSeat }: ChipProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { first, kind } = group
  const seen = isAcknowledged(group)
  const openSeat = (seat: string) => {
    setOpen(false)
    onSeat(seat)
  }
  return (
    <li data-kind={kind} data-level={first.level} data-acknowledged={seen}>
      <Popover
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        open={open}
        onOpenChange={setOpen}
        content={
          <AlarmDetails group={group} queues={queues} onSeat={openSeat} onDone={() => setOpen(false)} />
        }
      >
        <button type="button" data-testid={`alarm-${kind}`}>
          {seen && <CheckCircleOutlined />} <em>{t(`alarms.kind.${kind}`)}</em>{' '}
          <Subject group={group} queues={queues} /> <Value group={group} />
        </button>
      </Popover>
    </li>
  )
}

function Subject({ group, queues }: Omit<ChipProps, 'onSeat'>) {
  const { t, nameOf } = useWords()
  const { first, alarms, kind } = group
  if (kind === 'caller-waits') return t('alarms.callers', { count: alarms.length })
  if (first.seat !== null) return `${first.seat} ${first.agentName ?? ''}`
  const queue = queues.find(({ id }) => id === first.queue)
  return queue === undefined ? first.queue : nameOf(queue)
}

function Value({ group }: { readonly group: AlarmGroup }) {
  const since = longestSince(group)
  if (since !== null) return <Ticking since={since} />
  return <b>{valueText(group.kind, group.first.value ?? 0)}</b>
}
