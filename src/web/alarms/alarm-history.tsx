import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Empty, Table, type TableColumnsType, Tag } from 'antd'
import { useState } from 'react'
import type { AlarmPage, AlarmRow } from '../../floor/alarms/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { get } from '../kit/api.ts'
import { DaysPicker, type Period, today } from '../kit/days-picker.tsx'
import { useWords } from '../kit/language.tsx'
import { clock, dateAndTime, duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './alarms.module.css'
import { LEVEL_COLOUR } from './level-colour.ts'
import { type AlarmKind, KIND_FORMS, LEVELS, valueText } from './limits.ts'

const REFRESH_EVERY_MS = 10_000

/** The alarms there were, the newest first, with how long each stood. */
export function AlarmHistory() {
  const { t } = useWords()
  const [period, setPeriod] = useState<Period>(today)
  const history = useHistory(period)
  const columns = useColumns()
  return (
    <section className={styles.history}>
      <DaysPicker period={period} onPeriod={setPeriod} />
      {history.isError && <Alert type="error" showIcon title={t('alarms.history.failed')} />}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={history.items}
        loading={history.isPending}
        pagination={false}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('alarms.history.none')} />,
        }}
        data-testid="alarm-history"
      />
      {history.hasNextPage && (
        <Button onClick={() => history.fetchNextPage()} loading={history.isFetchingNextPage}>
          {t('alarms.history.more')}
        </Button>
      )}
    </section>
  )
}

function useHistory({ from, to }: Period) {
  const pages = useInfiniteQuery({
    queryKey: ['alarms', from, to],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ from, to })
      if (pageParam !== '') query.set('cursor', pageParam)
      return get<AlarmPage>(`/api/alarms?${query}`)
    },
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_EVERY_MS,
  })
  return { ...pages, items: pages.data?.pages.flatMap(page => page.items) ?? [] }
}

function useColumns(): TableColumnsType<AlarmRow> {
  const { t } = useWords()
  const now = useNow()
  const kinds = Object.keys(KIND_FORMS).filter((key): key is AlarmKind => key in KIND_FORMS)
  return [
    {
      title: t('alarms.history.raised'),
      dataIndex: 'raisedAt',
      width: 120,
      render: (at: string) => <span title={clock(at)}>{dateAndTime(at, now)}</span>,
    },
    {
      title: t('alarms.history.level'),
      dataIndex: 'level',
      width: 84,
      filters: LEVELS.map(level => ({ value: level, text: t(`alarms.level.${level}`) })),
      onFilter: (level, row) => row.level === level,
      render: (level: AlarmRow['level']) => (
        <Tag color={LEVEL_COLOUR[level]}>{t(`alarms.level.${level}`)}</Tag>
      ),
    },
    {
      title: t('alarms.title'),
      dataIndex: 'kind',
      width: 190,
      filters: kinds.map(kind => ({ value: kind, text: t(`alarms.kind.${kind}`) })),
      onFilter: (kind, row) => row.kind === kind,
      render: (kind: AlarmKind) => t(`alarms.kind.${kind}`),
    },
    { title: t('alarms.history.about'), key: 'about', render: (_value, row) => <About row={row} /> },
    {
      title: t('alarms.history.lasted'),
      key: 'lasted',
      width: 150,
      align: 'right',
      render: (_value, { raisedAt, clearedAt }) => (
        <span data-standing={clearedAt === null}>
          {clearedAt === null && <Tag color="red">{t('alarms.history.standing')}</Tag>}
          {duration((clearedAt === null ? now : Date.parse(clearedAt)) - Date.parse(raisedAt))}
        </span>
      ),
    },
    {
      title: t('alarms.history.peak'),
      key: 'peak',
      width: 96,
      align: 'right',
      render: (_value, { kind, peak }) => valueText(kind, peak),
    },
    {
      title: t('alarms.history.limit'),
      key: 'limit',
      width: 90,
      align: 'right',
      render: (_value, { kind, limit }) => valueText(kind, limit),
    },
    {
      title: t('alarms.history.acknowledged'),
      key: 'acknowledged',
      width: 280,
      render: (_value, row) => <Acknowledged row={row} />,
    },
  ]
}

function About({ row }: { readonly row: AlarmRow }) {
  const { t, nameOf } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const { kind, seat, agentName, queue, reason } = row
  const why =
    reason === 'phone-not-registered' || reason === 'desk-not-connected'
      ? t(`alarms.why.${reason}`)
      : reason && nameOfReason(reason)
  const parts = [
    seat,
    agentName,
    queue === null ? null : nameOf(queue),
    why,
    kind === 'caller-waits' ? t('alarms.history.caller') : null,
  ]
  return parts.filter(Boolean).join(' · ') || t('alarms.limits.for.hotline')
}

function Acknowledged({ row }: { readonly row: AlarmRow }) {
  const { t } = useWords()
  const { acknowledged } = row
  if (acknowledged === null) return <span className={styles.quiet}>{t('alarms.history.nobody')}</span>
  return (
    <>
      {acknowledged.by} {clock(acknowledged.at)}
      {acknowledged.note !== '' && <small className={styles.quiet}> {acknowledged.note}</small>}
    </>
  )
}
