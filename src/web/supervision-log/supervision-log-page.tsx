import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Empty, Input, Table, type TableColumnsType, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import type { SupervisionActPage, SupervisionActRow } from '../../floor/supervision-log/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { get } from '../kit/api.ts'
import { DaysPicker, type Period, today } from '../kit/days-picker.tsx'
import { useWords } from '../kit/language.tsx'
import { TEXTS } from '../kit/texts.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './supervision-log.module.css'

/** What shift leads did to seats and calls, all of it, whatever agents were told. */
export default function SupervisionLogPage(_props: { readonly me: Me }) {
  const { t } = useWords()
  const [period, setPeriod] = useState<Period>(today)
  const [seat, setSeat] = useState('')
  const acts = useActs(period, /^[0-9]{4}$/.test(seat) ? seat : null)
  const columns = useColumns(acts.shown)
  return (
    <main className={styles.page}>
      <header>
        <h2>{t('supervision-log.title')}</h2>
        <DaysPicker period={period} onPeriod={setPeriod} />
        <Input
          value={seat}
          onChange={event => setSeat(event.target.value.trim())}
          placeholder={t('supervision-log.seat.hint')}
          allowClear
          maxLength={4}
          inputMode="numeric"
          className={styles.seat ?? ''}
          data-testid="supervision-log-seat"
        />
      </header>
      {acts.isError && <Alert type="error" showIcon title={t('supervision-log.failed')} />}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={acts.items}
        loading={acts.isPending}
        pagination={false}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('supervision-log.none')} />,
        }}
        data-testid="supervision-log"
      />
      {acts.hasNextPage && (
        <Button onClick={() => acts.fetchNextPage()} loading={acts.isFetchingNextPage}>
          {t('supervision-log.more')}
        </Button>
      )}
    </main>
  )
}

function useActs({ from, to }: Period, seat: string | null) {
  const pages = useInfiniteQuery({
    queryKey: ['supervision-acts', from, to, seat],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ from, to })
      if (seat !== null) query.set('seat', seat)
      if (pageParam !== '') query.set('before', pageParam)
      return get<SupervisionActPage>(`/api/supervision-acts?${query}`)
    },
    getNextPageParam: page => page.next,
  })
  const { pages: got = [] } = pages.data ?? {}
  return { ...pages, items: got.flatMap(page => page.items), shown: got[0]?.shown ?? [] }
}

function useColumns(shown: readonly string[]): TableColumnsType<SupervisionActRow> {
  const { t, nameOf } = useWords()
  const now = useNow(false)
  const nameOfAct = useNameOfAct()
  const { nameOfReason } = useNotReadyReasons()
  return [
    {
      title: t('supervision-log.time'),
      dataIndex: 'at',
      width: 120,
      render: (at: string) => dateAndTime(at, now),
    },
    { title: t('supervision-log.by'), dataIndex: 'by', width: 110 },
    { title: t('supervision-log.act'), dataIndex: 'act', width: 120, render: nameOfAct },
    { title: t('supervision-log.seat'), dataIndex: 'seat', width: 80 },
    { title: t('supervision-log.subject'), dataIndex: 'subject', width: 110 },
    {
      title: t('supervision-log.queue'),
      dataIndex: 'queue',
      width: 110,
      render: (queue: SupervisionActRow['queue']) => queue !== null && nameOf(queue),
    },
    {
      title: t('supervision-log.reason'),
      dataIndex: 'reason',
      width: 100,
      render: (reason: string | null, { points }) => {
        if (points !== null) return t('supervision-log.points', { points })
        return reason === 'handover-unread'
          ? t('handover.passed-over')
          : reason !== null && nameOfReason(reason)
      },
    },
    { title: t('supervision-log.note'), dataIndex: 'note' },
    {
      title: t('supervision-log.outcome'),
      dataIndex: 'refusal',
      width: 110,
      render: (refusal: string | null) => <Outcome refusal={refusal} />,
    },
    {
      title: (
        <Tooltip title={t('supervision-log.told.what')}>
          <span>{t('supervision-log.told')}</span>
        </Tooltip>
      ),
      key: 'told',
      width: 110,
      render: (_value, { act, subject, refusal }) =>
        refusal === null &&
        subject !== null &&
        t(shown.includes(act) ? 'supervision-log.told.yes' : 'supervision-log.told.no'),
    },
  ]
}

function Outcome({ refusal }: { readonly refusal: string | null }) {
  const { t } = useWords()
  if (refusal === null) return t('supervision-log.done')
  const key = `problem.${refusal}`
  const why = isKey(key) ? t(key) : refusal
  return (
    <Tooltip title={why}>
      <Tag color="orange">{t('supervision-log.refused')}</Tag>
    </Tooltip>
  )
}

/** Acts that are newer than this page are shown by their own word. */
function useNameOfAct() {
  const { t } = useWords()
  return (act: string): string => {
    const key = `supervision-log.act.${act}`
    return isKey(key) ? t(key) : act
  }
}

type PlainKey = Extract<keyof typeof TEXTS, `supervision-log.act.${string}` | `problem.${string}`>
function isKey(key: string): key is PlainKey {
  return key in TEXTS
}
