import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Empty, Spin, Tag } from 'antd'
import type { ConfigChange, ConfigChangePage, ConfigSubject } from '../../floor/config-changes/schema.ts'
import { get } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './settings.module.css'

/** One line of a change; `before` or `after` null: there was none. */
export interface ChangedPart {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
}

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly subjects: readonly ConfigSubject[]
  /** Only of this one. */
  readonly only: string | null
  /** What it is called, and what is different. */
  readonly describe: (change: ConfigChange) => {
    readonly title: string
    readonly parts: readonly ChangedPart[]
  }
}

/** Who changed what, when, from what to what; the newest first. */
export function HistoryDrawer({ open, onClose, ...about }: Props) {
  const { t } = useWords()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={520}
      title={t('settings.history')}
      destroyOnHidden
      data-testid="history-drawer"
    >
      <History {...about} />
    </Drawer>
  )
}

function History({ subjects, only, describe }: Omit<Props, 'open' | 'onClose'>) {
  const { t } = useWords()
  const changes = useInfiniteQuery({
    queryKey: ['config-changes', subjects, only],
    queryFn: ({ pageParam }) => get<ConfigChangePage>(pathOf(subjects, only, pageParam)),
    initialPageParam: '',
    getNextPageParam: page => (page.next === null ? null : String(page.next)),
    staleTime: 0,
  })
  const items = changes.data?.pages.flatMap(page => page.items) ?? []
  if (changes.isPending) return <Spin />
  if (changes.isError) return <Alert type="error" showIcon title={t(problemKey(changes.error))} />
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('settings.history.none')} />
  }
  return (
    <>
      <ol className={styles.history}>
        {items.map(change => (
          <Change key={change.id} change={change} {...describe(change)} />
        ))}
      </ol>
      {changes.hasNextPage && (
        <Button block loading={changes.isFetchingNextPage} onClick={() => changes.fetchNextPage()}>
          {t('settings.history.more')}
        </Button>
      )}
    </>
  )
}

export function Change(props: {
  readonly change: Pick<ConfigChange, 'at' | 'byName' | 'before' | 'after'>
  readonly title: string
  readonly parts: readonly ChangedPart[]
}) {
  const { t } = useWords()
  const now = useNow(false)
  const { at, byName, before, after } = props.change
  const what = before === null ? 'added' : after === null ? 'removed' : 'changed'
  return (
    <li>
      <header>
        <time title={at}>{dateAndTime(at, now)}</time>
        <b>{byName}</b>
        <Tag color={COLOUR[what]}>{t(`settings.history.${what}`)}</Tag>
        <span>{props.title}</span>
      </header>
      {props.parts.length === 0 && <p>{t('settings.history.nothing')}</p>}
      <dl>
        {props.parts.map(part => (
          <div key={part.label}>
            <dt>{part.label}</dt>
            <dd className={css(isLong(part) && styles.long)}>
              {part.before !== null && <del>{part.before}</del>}
              {part.after !== null && <ins>{part.after}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

/** Several lines: the two sides stand below each other. */
function isLong({ before, after }: ChangedPart): boolean {
  return `${before}${after}`.includes('\n')
}

const COLOUR = { added: 'green', removed: 'orange', changed: 'blue' } as const

function pathOf(subjects: readonly ConfigSubject[], only: string | null, cursor: string): string {
  const query = new URLSearchParams({ subjects: subjects.join(',') })
  if (only !== null) query.set('key', only)
  if (cursor !== '') query.set('cursor', cursor)
  return `/api/config-changes?${query}`
}
