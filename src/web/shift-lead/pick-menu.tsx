import { UserSwitchOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown, Tooltip } from 'antd'
import type { ActTaken, FloorSeat } from '../../floor/supervision/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useSkills } from '../queues/use-queues.ts'
import styles from './queues.module.css'
import { readySeats } from './watching.ts'

interface Props {
  readonly queue: string
  readonly callId: string
  readonly seats: readonly FloorSeat[]
}

/** Gives this caller to a ready seat, whatever its turn. */
export function PickMenu({ queue, callId, seats }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const skillsText = useSkillsText()
  const pick = useMutation({
    mutationFn: (seat: string) =>
      post<ActTaken>(`/api/floor/queues/${queue}/callers/${callId}/assign`, { seat }),
    onSuccess: ({ id }, seat) => void message.success(t('pick.done', { seat, id })),
    onError: error => void message.error(t(problemKey(error))),
  })
  const items = readySeats(seats).map(seat => ({
    key: seat.number,
    label: (
      <span className={styles.candidate} data-testid={`pick-seat-${seat.number}`}>
        <b>{seat.number}</b> {seat.agentName} <small>{skillsText(seat)}</small>
      </span>
    ),
    onClick: () => pick.mutate(seat.number),
  }))
  const none = { key: 'none', label: t('pick.none'), disabled: true }
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: items.length === 0 ? [none] : items,
        style: { maxHeight: 360, overflowY: 'auto' },
      }}
    >
      <Tooltip title={t('pick.what')} mouseEnterDelay={0.6}>
        <Button
          type="text"
          size="small"
          icon={<UserSwitchOutlined />}
          loading={pick.isPending}
          aria-label={t('pick.what')}
          data-testid={`pick-${callId}`}
        />
      </Tooltip>
    </Dropdown>
  )
}

/** 方言 7、外语 5. */
function useSkillsText(): (seat: FloorSeat) => string {
  const { t, nameOf } = useWords()
  const known = useSkills().data ?? []
  return ({ skills }) => {
    const had = Object.entries(skills).map(([id, level]) => {
      const skill = known.find(one => one.id === id)
      return `${skill === undefined ? id : nameOf(skill)} ${level}`
    })
    return had.length === 0 ? t('pick.no-skill') : had.join(' · ')
  }
}
