import { Button, Drawer, Empty, Spin } from 'antd'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './case-rules.module.css'

export interface ShownVersion {
  readonly version: number
  readonly publishedBy: string | null
  readonly at: string
  readonly why?: string
}

interface Props {
  readonly open: boolean
  readonly versions: readonly ShownVersion[] | undefined
  /** null: a version is told of, not shown. */
  readonly onShow: ((version: number) => void) | null
  readonly onClose: () => void
}

/** Every version, the newest first: orders keep the one that they began with. */
export function VersionsDrawer({ open, versions, onShow, onClose }: Props) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={440}
      title={t('case-rules.versions')}
      data-testid="versions-drawer"
    >
      <p className={styles.hint}>{t('case-rules.versions.what')}</p>
      {versions === undefined ? <Spin /> : versions.length === 0 && <Empty />}
      <ol className={styles.versions}>
        {versions?.map(({ version, publishedBy, at, why }) => (
          <li key={version}>
            <b>{t('case-rules.version', { version })}</b>
            <span>
              {publishedBy ?? t('case-rules.first-version')} · <time>{dateAndTime(at, now)}</time>
              {why !== undefined && why !== '' && <em>{why}</em>}
            </span>
            {onShow !== null && (
              <Button size="small" onClick={() => onShow(version)} data-testid={`version-${version}`}>
                {t('case-rules.show')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Drawer>
  )
}
