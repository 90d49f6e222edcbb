import { BellOutlined } from '@ant-design/icons'
import { App, Badge, Button, Drawer, Empty } from 'antd'
import { useState } from 'react'
import type { Notice } from '../../casework/notices/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goTo } from '../shell/place.ts'
import styles from './notices.module.css'
import { noticesIn, useLiveNotices, useNotices, useReading } from './use-notices.ts'

/** For whoever is told of orders: their unit's, or those that wait for dispatch. */
export function NoticeBell({ me }: { readonly me: Me }) {
  const told = me.rights.some(right => right === 'unit.handle' || right === 'order.dispatch')
  return told ? <Bell /> : null
}

function Bell() {
  const { t } = useWords()
  const { notification } = App.useApp()
  const [open, setOpen] = useState(false)
  const { one } = useReading()
  const show = (notice: Notice) => {
    setOpen(false)
    if (notice.readAt === null) one.mutate(notice.id)
    if (notice.orderId !== null) goTo('orders', notice.orderId)
    else if (notice.kind.startsWith('number-pool')) goTo('number-pools')
  }
  const unread = useLiveNotices(notice => {
    // The newest of an order takes the place of those before it.
    const key = `notice-${notice.orderId ?? notice.id}`
    notification.info({
      key,
      title: t(`case-notice.${notice.kind}`),
      description: notice.orderTitle ?? nameIn(notice.detail),
      className: styles.toast ?? '',
      onClick: () => {
        notification.destroy(key)
        show(notice)
      },
    })
  })
  return (
    <>
      <Badge count={unread} overflowCount={99} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={`${t('case-notice.title')} ${t('case-notice.unread', { count: unread })}`}
          onClick={() => setOpen(true)}
          data-testid="bell"
          data-unread={unread}
        />
      </Badge>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('case-notice.title')}
        size={420}
        styles={{ body: { padding: 0 } }}
        data-testid="notice-drawer"
      >
        <Notices onShow={show} />
      </Drawer>
    </>
  )
}

function Notices({ onShow }: { readonly onShow: (notice: Notice) => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const list = useNotices(true)
  const { all } = useReading()
  const notices = noticesIn(list.data)
  const newest = notices[0]
  if (list.isSuccess && newest === undefined) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('case-notice.none')} />
  }
  return (
    <>
      {list.isError && <p className={styles.failed}>{t(problemKey(list.error))}</p>}
      {newest !== undefined && (
        <div className={styles.tools}>
          <Button
            type="link"
            size="small"
            loading={all.isPending}
            onClick={() => all.mutate(newest.id, { onError: error => message.error(t(problemKey(error))) })}
            data-testid="notices-read-all"
          >
            {t('case-notice.read-all')}
          </Button>
        </div>
      )}
      <ul className={styles.notices} data-testid="case-notices">
        {notices.map(notice => (
          <Row key={notice.id} notice={notice} onShow={onShow} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('case-notice.more')}
        </Button>
      )}
    </>
  )
}

const URGENT: ReadonlySet<Notice['kind']> = new Set([
  'urged',
  'supervised',
  'clock-due',
  'clock-red',
  'rework',
  'number-pool-dry',
])

function Row({ notice, onShow }: { readonly notice: Notice; readonly onShow: (notice: Notice) => void }) {
  const { t } = useWords()
  const now = useNow(false)
  const { kind, readAt, orderTitle, orderNumber, unitName, detail, at } = notice
  return (
    <li>
      <button
        type="button"
        className={css(styles.notice, readAt === null && styles.unread, URGENT.has(kind) && styles.urgent)}
        onClick={() => onShow(notice)}
        data-testid={`notice-${kind}`}
      >
        <span>
          <b>{t(`case-notice.${kind}`)}</b>
          <time>{dateAndTime(at, now)}</time>
        </span>
        <span>{orderTitle ?? orderNumber ?? nameIn(detail)}</span>
        {unitName !== null && <small>{unitName}</small>}
      </button>
    </li>
  )
}

/** What a notice of no order is about. */
function nameIn({ name }: Notice['detail']): string | null {
  return typeof name === 'string' ? name : null
}
