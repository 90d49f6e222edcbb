import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Table, type TableColumnsType, Tag } from 'antd'
import type { SessionView } from '../../people/accounts/schema.ts'
import { get, remove } from '../kit/api.ts'
import { deviceWords } from '../kit/device.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './account.module.css'

/** Where one is signed in; all but this one can be ended from here. */
export function MySessions() {
  const { t } = useWords()
  const sessions = useQuery({
    queryKey: ['my-sessions'],
    queryFn: () => get<readonly SessionView[]>('/api/my-sessions'),
    refetchInterval: 60_000,
  })
  const end = useEnd(() => sessions.refetch())
  const columns = useColumns(id => end.mutate([id]), end.isPending)
  const others = (sessions.data ?? []).filter(session => !session.current).map(({ id }) => id)
  return (
    <section className={styles.card} data-testid="my-sessions">
      <header className={styles.head}>
        <h2>{t('account.sessions')}</h2>
        <small>{t('account.sessions.what')}</small>
        <Button
          size="small"
          danger
          disabled={others.length === 0 || end.isPending}
          onClick={() => end.mutate(others)}
          data-testid="end-others"
        >
          {t('account.end-others')}
        </Button>
      </header>
      {sessions.isError && <Alert type="error" showIcon title={t(problemKey(sessions.error))} />}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...(sessions.data ?? [])]}
        loading={sessions.isPending}
        pagination={false}
      />
    </section>
  )
}

function useEnd(onSettled: () => void) {
  const { t } = useWords()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await remove(`/api/sessions/${id}`)
    },
    onSuccess: () => message.success(t('account.ended')),
    onError: error => message.error(t(problemKey(error))),
    onSettled,
  })
}

function useColumns(end: (id: string) => void, busy: boolean): TableColumnsType<SessionView> {
  const { t } = useWords()
  const now = useNow()
  return [
    {
      title: t('account.device'),
      render: (_, { device, current }) => (
        <span title={device ?? undefined}>
          {deviceWords(device ?? '') || t('account.unknown-device')}{' '}
          {current && <Tag color="green">{t('account.this-one')}</Tag>}
        </span>
      ),
    },
    { title: t('account.address'), width: 170, render: (_, { address }) => address ?? '—' },
    { title: t('account.since'), width: 140, render: (_, { createdAt }) => dateAndTime(createdAt, now) },
    {
      title: t('account.last-used'),
      width: 140,
      render: (_, { lastUsedAt }) => dateAndTime(lastUsedAt, now),
    },
    {
      width: 80,
      align: 'right',
      render: (_, { id, current }) =>
        !current && (
          <Button size="small" disabled={busy} onClick={() => end(id)} data-testid={`end-session-${id}`}>
            {t('account.end')}
          </Button>
        ),
    },
  ]
}
