import { SoundOutlined, WarningOutlined } from '@ant-design/icons'
import { Table, type TableProps, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { CallRow } from '../../floor/call-records/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { clock } from '../kit/time.ts'
import { useHeight } from '../kit/use-size.ts'
import styles from './calls.module.css'
import { DirectionTag, GradeText, ResultTag, span } from './cells.tsx'

interface Props {
  readonly calls: readonly CallRow[]
  readonly loading: boolean
  readonly chosen: string | null
  readonly onOpen: (call: string) => void
  readonly empty: ReactNode
}

const HEAD_PX = 40

export function CallTable({ calls, loading, chosen, onOpen, empty }: Props) {
  const [box, height] = useHeight<HTMLDivElement>()
  const columns = useColumns()
  return (
    <div ref={box} className={styles.table}>
      <Table<CallRow>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...calls]}
        loading={loading}
        pagination={false}
        scroll={{ x: 1_040, y: Math.max(160, height - HEAD_PX) }}
        locale={{ emptyText: empty }}
        onRow={row =>
          ({
            onClick: () => onOpen(row.id),
            className: css(styles.row, row.id === chosen && styles.chosen),
            'aria-selected': row.id === chosen,
            'data-testid': `call-row-${row.id}`,
          }) as object
        }
      />
    </div>
  )
}

function useColumns(): NonNullable<TableProps<CallRow>['columns']> {
  const { t } = useWords()
  return [
    {
      key: 'time',
      title: t('call-log.time'),
      width: 84,
      render: (_, row) => <time>{clock(row.arrivedAt)}</time>,
    },
    {
      key: 'direction',
      title: t('call-log.direction'),
      width: 74,
      render: (_, row) => <DirectionTag direction={row.direction} />,
    },
    {
      key: 'number',
      title: t('call-log.number'),
      width: 138,
      render: (_, { callerNumber: number }) => (
        <b className={styles.number}>{number === '' ? t('pop.withheld') : spaced(number)}</b>
      ),
    },
    {
      key: 'line',
      title: t('call-log.line'),
      ellipsis: true,
      render: (_, row) => `${row.dialled} ${row.lineName ?? ''}`.trim(),
    },
    {
      key: 'agent',
      title: t('call-log.agent'),
      width: 128,
      ellipsis: true,
      render: (_, { agentName, seat }) =>
        agentName === null ? (
          <span className={styles.quiet}>—</span>
        ) : (
          <>
            {agentName} <span className={styles.quiet}>{seat}</span>
          </>
        ),
    },
    {
      key: 'wait',
      title: t('call-log.wait'),
      width: 64,
      align: 'right',
      render: (_, row) => span(row.waitMs),
    },
    {
      key: 'talk',
      title: t('call-log.talk'),
      width: 70,
      align: 'right',
      render: (_, row) => span(row.talkMs),
    },
    { key: 'result', title: t('call-log.result'), width: 108, render: (_, row) => <ResultTag row={row} /> },
    {
      key: 'grade',
      title: t('call-log.grade'),
      width: 86,
      render: (_, row) => <GradeText grade={row.grade} />,
    },
    {
      key: 'order',
      title: t('call-log.order'),
      ellipsis: true,
      render: (_, { workOrder }) =>
        workOrder === null
          ? '—'
          : workOrder.title || t(workOrder.status === 'draft' ? 'case.status.draft' : 'calls.untitled'),
    },
    {
      key: 'recording',
      title: t('call-log.recording'),
      width: 66,
      align: 'center',
      render: (_, row) => <RecordingMark row={row} />,
    },
  ]
}

function RecordingMark({ row }: { readonly row: CallRow }) {
  const { t } = useWords()
  if (row.recording !== 'ready') {
    const poor = row.recording === 'missing' ? styles.missing : styles.quiet
    return <span className={poor}>{row.recording === 'none' ? '—' : t(`recording.${row.recording}`)}</span>
  }
  return row.lengthDiffers ? (
    <Tooltip title={t('recording.differs')}>
      <WarningOutlined className={css(styles.differs)} aria-label={t('recording.differs')} />
    </Tooltip>
  ) : (
    <SoundOutlined className={css(styles.quiet)} />
  )
}
