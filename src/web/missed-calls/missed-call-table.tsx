import { PhoneOutlined } from '@ant-design/icons'
import { Button, Table, type TableProps, Tag, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { useHeight } from '../kit/use-size.ts'
import { Age } from './age.tsx'
import { actsOn, type NoSeat } from './keys.ts'
import styles from './missed-calls.module.css'

interface Props {
  readonly calls: readonly MissedCall[]
  readonly me: Me
  readonly loading: boolean
  readonly chosen: number | null
  readonly onChoose: (call: number) => void
  readonly onClaimOrReturn: (call: MissedCall) => void
  readonly onClose: (call: MissedCall, as: 'reached' | 'given-up') => void
  readonly onDial: (call: MissedCall) => void
  /** Why nobody can be called from here; null: they can. */
  readonly blocked: NoSeat | null
  /** The one that is being dialled. */
  readonly dialling: number | null
  readonly empty: ReactNode
}

const HEAD_PX = 40

export function MissedCallTable(props: Props) {
  const { calls, loading, chosen, onChoose, empty } = props
  const [box, height] = useHeight<HTMLDivElement>()
  const columns = useColumns(props)
  return (
    <div ref={box} className={styles.table}>
      <Table<MissedCall>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...calls]}
        loading={loading}
        pagination={false}
        scroll={{ x: 1_060, y: Math.max(160, height - HEAD_PX) }}
        locale={{ emptyText: empty }}
        onRow={row =>
          ({
            onClick: () => onChoose(row.id),
            className: css(row.id === chosen && styles.chosen),
            'aria-selected': row.id === chosen,
            'data-testid': `missed-${row.callerNumber}`,
          }) as object
        }
      />
    </div>
  )
}

function useColumns(props: Props): NonNullable<TableProps<MissedCall>['columns']> {
  const { t } = useWords()
  const today = useNow(false)
  return [
    {
      key: 'number',
      title: t('missed-calls.number'),
      width: 150,
      render: (_, row) => <b className={styles.number}>{spaced(row.callerNumber)}</b>,
    },
    {
      key: 'times',
      title: t('missed-calls.times'),
      width: 64,
      align: 'right',
      render: (_, { times }) => <span className={css(times > 1 && styles.often)}>{times}</span>,
    },
    {
      key: 'age',
      title: t('missed-calls.age'),
      width: 108,
      align: 'right',
      render: (_, row) => <Age since={Date.parse(row.lastAt)} over={row.closedAt !== null} />,
    },
    {
      key: 'last',
      title: t('missed-calls.last'),
      width: 106,
      render: (_, row) => <time>{dateAndTime(row.lastAt, today)}</time>,
    },
    {
      key: 'first',
      title: t('missed-calls.first'),
      width: 106,
      render: (_, row) => <time className={styles.quiet}>{dateAndTime(row.firstAt, today)}</time>,
    },
    {
      key: 'line',
      title: t('missed-calls.of-line'),
      ellipsis: true,
      render: (_, { lineNumber, lineName }) =>
        lineNumber === null ? '—' : `${lineNumber} ${lineName ?? ''}`.trim(),
    },
    {
      key: 'state',
      title: t('missed-calls.state'),
      width: 158,
      render: (_, row) => <State row={row} me={props.me} />,
    },
    {
      key: 'acts',
      title: t('missed-calls.acts'),
      width: 286,
      render: (_, row) => <Acts {...props} row={row} />,
    },
  ]
}

function State({ row, me }: { readonly row: MissedCall; readonly me: Me }) {
  const { t } = useWords()
  const now = useNow(false)
  switch (row.state) {
    case 'open':
      return <Tag color="warning">{t('missed-calls.open')}</Tag>
    case 'claimed':
      return (
        <Tag color="processing">
          {row.claimedBy === me.id
            ? t('missed-calls.mine')
            : t('missed-calls.claimed-by', { name: row.claimedByName ?? '' })}
        </Tag>
      )
    default:
      return (
        <Tooltip title={row.note}>
          <span className={styles.closed}>
            {t('missed-calls.closed-by', {
              name: row.closedByName ?? '—',
              at: row.closedAt === null ? '' : dateAndTime(row.closedAt, now),
            })}
            {row.note !== '' && <small>{row.note}</small>}
          </span>
        </Tooltip>
      )
  }
}

function Acts({ row, ...props }: Props & { readonly row: MissedCall }) {
  const { t } = useWords()
  const { me, onClaimOrReturn, onClose, onDial, blocked, dialling } = props
  const may = actsOn(row, me)
  if (row.closedAt !== null) return null
  return (
    <div className={styles.acts}>
      <Tooltip title={blocked === null ? undefined : t(`missed-calls.call-back.${blocked}`)}>
        <Button
          size="small"
          type="primary"
          icon={<PhoneOutlined />}
          disabled={blocked !== null || !may.close}
          loading={dialling === row.id}
          onClick={() => onDial(row)}
          data-testid={`call-back-${row.callerNumber}`}
        >
          {t('missed-calls.call-back')}
        </Button>
      </Tooltip>
      <Button
        size="small"
        disabled={!may.claim && !may.release}
        onClick={() => onClaimOrReturn(row)}
        data-testid={`claim-${row.callerNumber}`}
      >
        {t(may.release && !may.claim ? 'missed-calls.release' : 'missed-calls.claim')}
      </Button>
      <Button size="small" disabled={!may.close} onClick={() => onClose(row, 'reached')}>
        {t('missed-calls.reached')}
      </Button>
      <Button size="small" disabled={!may.close} onClick={() => onClose(row, 'given-up')}>
        {t('missed-calls.given-up')}
      </Button>
    </div>
  )
}
