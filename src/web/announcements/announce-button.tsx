import { NotificationOutlined } from '@ant-design/icons'
import { Button, ConfigProvider, Drawer } from 'antd'
import { useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { barTheme } from '../kit/theme.ts'
import { AnnounceForm } from './announce-form.tsx'
import { AnnouncementList } from './announcement-list.tsx'
import styles from './announcements.module.css'

/** In the bar: announce without leaving the floor. */
export function AnnounceButton() {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <ConfigProvider theme={barTheme}>
        <Button
          type="text"
          icon={<NotificationOutlined />}
          onClick={() => setOpen(true)}
          data-testid="announce"
        >
          {t('announcements.title')}
        </Button>
      </ConfigProvider>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size={460}
        mask={false}
        destroyOnHidden
        title={t('announcements.new')}
        data-testid="announce-drawer"
      >
        <div className={styles.drawer}>
          <AnnounceForm />
          <AnnouncementList />
        </div>
      </Drawer>
    </>
  )
}
