import { CaretRightFilled, ReloadOutlined, WarningOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Table, type TableProps, Tooltip } from 'antd'
import { memo, useEffect, useState } from 'react'
import type { CallRow } from '../../floor/call-records/schema.ts'
import { DirectionMark, GradeText, ResultTag, span } from '../calls/cells.tsx'
import type { SeatStateName } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { problemKey } from '../kit/problem-text.ts'
import { isInCall } from '../kit/seat-states.ts'
import { clock } from '../kit/time.ts'
import styles from './calls-today.module.css'
import { RecordingPlayer } from './recording-player.tsx'
import { useCallsToday } from './use-calls-today.ts'

interface Props {
  readonly seatState: SeatStateName
  readonly onOpen: (order: string) => void
}

/** Redrawn only for its own reasons: a table is slow to draw, and a screen-pop must not wait for it. */
export const CallsToday = memo(function CallsToday({ seatState, onOpen }: Props) {
  const { t } = useWords()
  const calls = useCallsToday(seatState)
  const [playing, setPlaying] = useState<string | null>(null)
  // A call on offer silences the recording: the caller is not to be heard twice.
  const inCall = isInCall(seatState)
  useEffect(() => {
    if (inCall) setPlaying(null)
  }, [inCall])
  const columns = useColumns(playing, setPlaying, onOpen)
  return (
    <div className={styles.panel} data-testid="calls">
      <header className={styles.head}>
        <h2>
          {t('calls.title')}{' '}
          <span className={styles.count}>
            {calls.rows.length}
            {calls.hasNextPage && '+'}
          </span>
        </h2>
        <Button
          type="text"
          size="small"
          icon={<ReloadOutlined />}
          loading={calls.isRefetching}
          onClick={() => calls.refetch()}
          data-testid="calls-refresh"
        >
          {t('calls.refresh')}
        </Button>
      </header>
      {calls.isError && (
        <Alert
          type="error"
          showIcon
          className={css(styles.failed)}
          title={t('calls.failed')}
          description={t(problemKey(calls.error))}
        />
      )}
      <div className={styles.scroll}>
        <Table<CallRow>
          size="small"
          rowKey="id"
          sticky
          columns={columns}
          dataSource={calls.rows}
          loading={calls.isPending}
          pagination={false}
          scroll={{ x: 824 }}
          onRow={row => ({ 'data-testid': `call-${row.id}` }) as object}
          expandable={{
            expandedRowKeys: playing === null ? [] : [playing],
            showExpandColumn: false,
            expandedRowRender: row => (
              <RecordingPlayer key={row.id} call={row.id} onClose={() => setPlaying(null)} />
            ),
          }}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('calls.none')} />,
          }}
          data-testid="calls-table"
        />
        {calls.hasNextPage && (
          <Button
            type="link"
            block
            loading={calls.isFetchingNextPage}
            onClick={() => calls.fetchNextPage()}
            data-testid="calls-more"
          >
            {t('calls.more')}
          </Button>
        )}
      </div>
    </div>
  )
})

function useColumns(
  playing: string | null,
  setPlaying: (call: string | null) => void,
  onOpen: (order: string) => void,
): NonNullable<TableProps<CallRow>['columns']> {
  const { t } = useWords()
  return [
    {
      key: 'time',
      title: t('calls.time'),
      width: 82,
      render: (_, row) => <time>{clock(row.arrivedAt)}</time>,
    },
    {
      key: 'caller',
      title: t('calls.caller'),
      width: 146,
      render: (_, row) => (
        <time>
          <DirectionMark direction={row.direction} />{' '}
          {row.callerNumber === '' ? t('pop.withheld') : spaced(row.callerNumber)}
        </time>
      ),
    },
    {
      key: 'line',
      title: t('calls.line'),
      width: 124,
      ellipsis: true,
      render: (_, row) => row.lineName ?? row.dialled,
    },
    { key: 'wait', title: t('calls.wait'), width: 62, align: 'right', render: (_, row) => span(row.waitMs) },
    { key: 'talk', title: t('calls.talk'), width: 62, align: 'right', render: (_, row) => span(row.talkMs) },
    { key: 'result', title: t('calls.result'), width: 106, render: (_, row) => <ResultTag row={row} /> },
    {
      key: 'grade',
      title: t('call-log.grade'),
      width: 86,
      render: (_, row) => <GradeText grade={row.grade} />,
    },
    {
      key: 'order',
      title: t('calls.order'),
      ellipsis: true,
      render: (_, row) => <OrderLink row={row} onOpen={onOpen} />,
    },
    {
      key: 'recording',
      title: t('calls.recording'),
      width: 98,
      align: 'center',
      render: (_, row) => (
        <RecordingCell
          row={row}
          open={playing === row.id}
          onToggle={() => setPlaying(playing === row.id ? null : row.id)}
        />
      ),
    },
  ]
}

function OrderLink({ row, onOpen }: { readonly row: CallRow; readonly onOpen: (order: string) => void }) {
  const { t } = useWords()
  const order = row.workOrder
  if (order === null) return '—'
  return (
    <Button
      type="link"
      size="small"
      className={css(styles.order)}
      title={`${order.number} ${order.title}`}
      onClick={() => onOpen(order.id)}
      data-testid={`open-order-${row.id}`}
    >
      {order.status === 'draft' && <i>{t('case.status.draft')}</i>}
      {order.title || (order.status !== 'draft' && t('calls.untitled'))}
    </Button>
  )
}

interface RecordingProps {
  readonly row: CallRow
  readonly open: boolean
  readonly onToggle: () => void
}

function RecordingCell({ row, open, onToggle }: RecordingProps) {
  const { t } = useWords()
  if (row.recording !== 'ready') {
    const poor = row.recording === 'missing' ? styles.missing : styles.quiet
    return <span className={poor}>{t(`recording.${row.recording}`)}</span>
  }
  return (
    <>
      <Button
        size="small"
        shape="circle"
        type={open ? 'primary' : 'default'}
        icon={<CaretRightFilled />}
        aria-label={t('recording.play')}
        aria-expanded={open}
        onClick={onToggle}
        data-testid={`play-${row.id}`}
      />
      {row.lengthDiffers && (
        <Tooltip title={t('recording.differs')}>
          <WarningOutlined className={css(styles.differs)} aria-label={t('recording.differs')} />
        </Tooltip>
      )}
    </>
  )
}
