import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Empty, Popconfirm, Popover, Progress } from 'antd'
import type { AnnouncementView } from '../../floor/announcements/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import { get } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './announcements.module.css'
import { useAnnouncements, useWithdraw } from './use-announcements.ts'

/** What was announced, the newest first, and who has read it. */
export function AnnouncementList() {
  const { t } = useWords()
  const { items, isPending, isError, hasNextPage, fetchNextPage, isFetchingNextPage } = useAnnouncements()
  if (isError && items.length === 0) return <Alert type="error" showIcon title={t('announcements.failed')} />
  if (items.length === 0 && !isPending) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('announcements.none')} />
  }
  return (
    <ol className={styles.list} data-testid="announcements">
      {items.map(item => (
        <Item key={item.id} item={item} />
      ))}
      {hasNextPage && (
        <Button onClick={() => fetchNextPage()} loading={isFetchingNextPage}>
          {t('announcements.more')}
        </Button>
      )}
    </ol>
  )
}

function Item({ item }: { readonly item: AnnouncementView }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const now = useNow()
  const withdraw = useWithdraw()
  const valid = item.withdrawnAt === null && (item.until === null || now < Date.parse(item.until))
  return (
    <li className={css(!valid && styles.over)} data-testid={`announcement-${item.id}`} data-valid={valid}>
      <p>{item.text}</p>
      <small>
        {item.by} · {dateAndTime(item.at, now)} · <Audience to={item.to} /> · <Ending item={item} now={now} />
      </small>
      <div className={styles.foot}>
        <Readers item={item} />
        {valid && (
          <Popconfirm
            title={t('announcements.withdraw.sure')}
            onConfirm={() =>
              withdraw.mutate(item.id, { onError: error => message.error(t(problemKey(error))) })
            }
          >
            <Button size="small" loading={withdraw.isPending}>
              {t('announcements.withdraw')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </li>
  )
}

function Ending({ item, now }: { readonly item: AnnouncementView; readonly now: number }) {
  const { t } = useWords()
  const { withdrawnAt, withdrawnBy, until } = item
  if (withdrawnAt !== null) {
    return t('announcements.withdrawn', { name: withdrawnBy ?? '', time: dateAndTime(withdrawnAt, now) })
  }
  if (until === null) return t('announcements.standing')
  const time = dateAndTime(until, now)
  return Date.parse(until) <= now
    ? t('announcements.ended', { time })
    : t('announcements.valid-until', { time })
}

function Audience({ to }: { readonly to: AnnouncementView['to'] }) {
  const { t, nameOf } = useWords()
  const queues = useQuery({ queryKey: ['queues'], queryFn: () => get<readonly QueueView[]>('/api/queues') })
  if (to.who === 'all') return t('announcements.to.all')
  if (to.who === 'seat') return t('bar.seat', { seat: to.seat })
  const queue = queues.data?.find(({ id }) => id === to.queue)
  return queue === undefined ? to.queue : nameOf(queue)
}

function Readers({ item }: { readonly item: AnnouncementView }) {
  const { t } = useWords()
  const { readers, others } = item
  const all = readers.length + others.length
  return (
    <Popover
      trigger="click"
      content={
        <dl className={styles.people}>
          <dt>{t('announcements.others')}</dt>
          <dd>{names(others) || t('announcements.nobody')}</dd>
          <dt>{t('announcements.readers')}</dt>
          <dd>{names(readers) || t('announcements.nobody')}</dd>
        </dl>
      }
    >
      <button type="button" className={styles.readers} data-testid={`announcement-readers-${item.id}`}>
        {t('announcements.read', { read: readers.length, all })}
        <Progress
          percent={all === 0 ? 0 : (100 * readers.length) / all}
          showInfo={false}
          size="small"
          className={styles.progress ?? ''}
        />
      </button>
    </Popover>
  )
}

function names(people: AnnouncementView['readers']): string {
  return people.map(({ name, agentNumber }) => `${agentNumber ?? ''} ${name}`.trim()).join('、')
}
