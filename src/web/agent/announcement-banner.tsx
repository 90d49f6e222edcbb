import { NotificationOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import type { Notice as Announcement } from '../../floor/announcements/schema.ts'
import { codeOf, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { clock } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './desk.module.css'

/** What shift leads have announced (公告), each until it is read, withdrawn, or has run out. */
export function AnnouncementBanner({ announcements }: { readonly announcements: readonly Announcement[] }) {
  const now = useNow(announcements.some(({ until }) => until !== null))
  const valid = announcements.filter(({ until }) => until === null || now < Date.parse(until))
  if (valid.length === 0) return null
  return (
    <div className={styles.announcements} role="alert">
      {valid.map(announcement => (
        <Banner key={announcement.id} announcement={announcement} />
      ))}
    </div>
  )
}

function Banner({ announcement }: { readonly announcement: Announcement }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [gone, setGone] = useState(false)
  const { id, text, by, at, mustAcknowledge } = announcement
  const read = useMutation({
    mutationFn: () => post(`/api/announcements/${id}/read`),
    onSuccess: () => setGone(true),
    onError: error => {
      // Withdrawn a moment ago.
      if (codeOf(error) === 'not-found') setGone(true)
      else message.error(t(problemKey(error)))
    },
  })
  if (gone) return null
  return (
    <div className={styles.announcement} data-must={mustAcknowledge} data-testid={`announcement-${id}`}>
      <NotificationOutlined />
      <p>{text}</p>
      <small>{t('announcements.by', { name: by, time: clock(at) })}</small>
      <Button
        type={mustAcknowledge ? 'primary' : 'default'}
        loading={read.isPending}
        onClick={() => read.mutate()}
        data-testid="announcement-read"
      >
        {t(mustAcknowledge ? 'announcements.have-read' : 'announcements.close')}
      </Button>
    </div>
  )
}
