import { PhoneOutlined, RollbackOutlined, SwapOutlined } from '@ant-design/icons'
import { Tag, Tooltip } from 'antd'
import type { CallRow } from '../../floor/call-records/schema.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import { endText } from './note-words.ts'

/** A call that came in is the usual case and says nothing. */
export function DirectionMark({ direction }: Pick<CallRow, 'direction'>) {
  const { t } = useWords()
  if (direction === 'inbound') return null
  return (
    <Tooltip title={t(`call-log.direction.${direction}`)}>
      {direction === 'outbound' ? (
        <PhoneOutlined rotate={90} aria-label={t('call-log.direction.outbound')} />
      ) : direction === 'masked' ? (
        <SwapOutlined aria-label={t('call-log.direction.masked')} />
      ) : (
        <RollbackOutlined aria-label={t('call-log.direction.call-back')} />
      )}
    </Tooltip>
  )
}

export function DirectionTag({ direction }: Pick<CallRow, 'direction'>) {
  const { t } = useWords()
  const colour = { inbound: 'default', outbound: 'geekblue', 'call-back': 'purple', masked: 'cyan' } as const
  return <Tag color={colour[direction]}>{t(`call-log.direction.${direction}`)}</Tag>
}

export function ResultTag({ row }: { readonly row: CallRow }) {
  const { t } = useWords()
  if (row.result === null) return <Tag color="processing">{t('calls.running')}</Tag>
  const colour = row.result === 'completed' ? 'success' : row.result === 'our-fault' ? 'error' : 'warning'
  const by = row.endedBy === null ? '' : t(`ended-by.${row.endedBy}`)
  return (
    <Tooltip title={row.reason === null ? by : `${endText(t, row.reason)} · ${by}`}>
      <Tag color={colour}>{t(`result.${row.result}`)}</Tag>
    </Tooltip>
  )
}

const GRADES = [1, 2, 3, 4, 5] as const
export const GRADE_COLOURS = ['#15803d', '#4d9a3a', '#a07a16', '#b85a14', '#c22f2f'] as const

/** 满意度 in words, from green to red; nothing where the citizen said nothing. */
export function GradeText({ grade }: Pick<CallRow, 'grade'>) {
  const { t } = useWords()
  const known = GRADES.find(one => one === grade)
  if (known === undefined) return <span>—</span>
  return <span style={{ color: GRADE_COLOURS[known - 1] }}>{t(`call-log.grade.${known}`)}</span>
}

export function span(ms: number | null) {
  return <time>{ms === null ? '—' : duration(ms)}</time>
}
