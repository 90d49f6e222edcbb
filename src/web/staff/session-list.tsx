import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { SessionView } from '../../people/accounts/schema.ts'
import { get, remove } from '../kit/api.ts'
import { deviceWords } from '../kit/device.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './staff.module.css'

/** Where somebody is signed in, each to be ended. */
export function SessionList({ account }: { readonly account: string }) {
  const { t } = useWords()
  const now = useNow()
  const sessions = useQuery({
    queryKey: ['accounts', account, 'sessions'],
    queryFn: () => get<readonly SessionView[]>(`/api/accounts/${account}/sessions`),
  })
  const end = useMutation({
    mutationFn: (id: string) => remove(`/api/sessions/${id}`),
    onSettled: () => sessions.refetch(),
  })
  return (
    <section className={styles.form} data-testid="sessions">
      <b>{t('account.sessions')}</b>
      {sessions.data?.length === 0 && <small>{t('staff.no-sessions')}</small>}
      {sessions.data?.map(({ id, address, device, lastUsedAt }) => (
        <div key={id} className={styles.row}>
          <span>{dateAndTime(lastUsedAt, now)}</span>
          <small title={device ?? undefined}>
            {[deviceWords(device ?? ''), address].filter(Boolean).join(' · ')}
          </small>
          <Button size="small" onClick={() => end.mutate(id)}>
            {t('staff.end-session')}
          </Button>
        </div>
      ))}
    </section>
  )
}
