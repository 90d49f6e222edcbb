import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { AnnounceForm } from './announce-form.tsx'
import { AnnouncementList } from './announcement-list.tsx'
import styles from './announcements.module.css'

/** Announcements (公告): write one, and see who has read those before. */
export default function AnnouncementsPage(_props: { readonly me: Me }) {
  const { t } = useWords()
  return (
    <main className={styles.page}>
      <section className={styles.card}>
        <h2>{t('announcements.new')}</h2>
        <AnnounceForm />
      </section>
      <section className={styles.card}>
        <h2>{t('announcements.title')}</h2>
        <AnnouncementList />
      </section>
    </main>
  )
}
