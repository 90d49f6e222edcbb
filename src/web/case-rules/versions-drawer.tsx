import { Button, Drawer, Empty, Spin, Tag } from 'antd'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './case-rules.module.css'

export interface ShownVersion {
  readonly version: number
  /** null: what a city begins with. */
  readonly publishedBy: string | null
  readonly at: string
  readonly why: string
}

interface Props {
  readonly open: boolean
  readonly current: number
  readonly versions: readonly ShownVersion[] | undefined
  readonly onShow: (version: number) => void
  readonly onCompare: (version: number) => void
  readonly onClose: () => void
}

/** Every version, the newest first: orders keep the one that they began with. */
export function VersionsDrawer({ open, current, versions, onShow, onCompare, onClose }: Props) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={480}
      title={t('case-rules.versions')}
      data-testid="versions-drawer"
    >
      <p className={styles.hint}>{t('case-rules.versions.what')}</p>
      {versions === undefined ? <Spin /> : versions.length === 0 && <Empty />}
      <ol className={styles.versions}>
        {versions?.map(({ version, publishedBy, at, why }) => (
          <li key={version}>
            <span>
              <b>{t('case-rules.version', { version })}</b>{' '}
              {version === current && <Tag color="blue">{t('case-rules.in-force')}</Tag>}
              {publishedBy ?? t('case-rules.first-version')} · <time>{dateAndTime(at, now)}</time>
              {why !== '' && <em>{why}</em>}
            </span>
            <span className={styles.acts}>
              <Button size="small" onClick={() => onShow(version)} data-testid={`version-${version}`}>
                {t('case-rules.show')}
              </Button>
              {versions.length > 1 && (
                <Button size="small" onClick={() => onCompare(version)} data-testid={`compare-${version}`}>
                  {t('case-rules.compare')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Drawer>
  )
}
