import { HistoryOutlined } from '@ant-design/icons'
import { Alert, App, Button, Spin } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import shared from '../settings/settings.module.css'
import styles from './case-rules.module.css'
import { CompareDialog } from './compare-dialog.tsx'
import type { Places } from './differences.ts'
import { useVersion } from './use-case-rules.ts'
import { type ShownVersion, VersionsDrawer } from './versions-drawer.tsx'

interface Props<View> {
  /** As the service names it. */
  readonly document: 'clock-limits' | 'life-table'
  /** In force. */
  readonly current: number
  readonly versions: readonly ShownVersion[] | undefined
  readonly read: (version: number) => Promise<View>
  readonly places: (view: View) => Places
  readonly mayEdit: boolean
  readonly isEdited: boolean
  readonly editor: (onHistory: () => void) => ReactNode
  /** A version to look at; null: the one in force. */
  readonly shown: (old: View | null) => ReactNode
  /** Makes an old version what is edited. */
  readonly again: (old: View) => void
}

/** One document of rules: the version in force to edit or to read, the old ones to look at, compare and publish again. */
export function RulesTab<View extends { readonly version: number }>(props: Props<View>) {
  const { t } = useWords()
  const { document, current, read, mayEdit } = props
  const [listed, setListed] = useState(false)
  const [shown, setShown] = useState<number | null>(null)
  const [compared, setCompared] = useState<number | null>(null)
  const old = useVersion(document, shown, read)
  const oldView = old.data
  return (
    <>
      {shown === null ? (
        mayEdit ? (
          props.editor(() => setListed(true))
        ) : (
          <>
            {props.shown(null)}
            <ReadBar version={current} onHistory={() => setListed(true)} />
          </>
        )
      ) : (
        <>
          <OldBanner
            version={shown}
            onBack={() => setShown(null)}
            onCompare={() => setCompared(shown)}
            onAgain={
              mayEdit && oldView !== undefined
                ? () => {
                    props.again(oldView)
                    setShown(null)
                  }
                : null
            }
            isEdited={props.isEdited}
          />
          {old.isError ? (
            <Alert type="error" banner title={t(problemKey(old.error))} />
          ) : oldView === undefined ? (
            <Spin className={styles.opening ?? ''} />
          ) : (
            props.shown(oldView)
          )}
        </>
      )}
      <VersionsDrawer
        open={listed}
        current={current}
        versions={props.versions}
        onShow={version => {
          setShown(version === current ? null : version)
          setListed(false)
        }}
        onCompare={setCompared}
        onClose={() => setListed(false)}
      />
      {compared !== null && props.versions !== undefined && (
        <CompareDialog
          document={document}
          first={compared}
          versions={props.versions}
          read={read}
          places={props.places}
          onClose={() => setCompared(null)}
        />
      )}
    </>
  )
}

function OldBanner(props: {
  readonly version: number
  readonly isEdited: boolean
  readonly onBack: () => void
  readonly onCompare: () => void
  /** null: whoever looks may not publish. */
  readonly onAgain: (() => void) | null
}) {
  const { t } = useWords()
  const { modal } = App.useApp()
  const { version, isEdited, onAgain } = props
  const again = () => {
    if (onAgain === null) return
    if (!isEdited) return onAgain()
    modal.confirm({ title: t('case-rules.again.loses'), okText: t('case-rules.again'), onOk: onAgain })
  }
  return (
    <Alert
      type="info"
      banner
      title={t('case-rules.old', { version })}
      action={
        <span className={styles.acts}>
          {onAgain !== null && (
            <Button size="small" type="primary" onClick={again} data-testid="version-again">
              {t('case-rules.again')}
            </Button>
          )}
          <Button size="small" onClick={props.onCompare}>
            {t('case-rules.compare')}
          </Button>
          <Button size="small" onClick={props.onBack} data-testid="version-back">
            {t('case-rules.old.back')}
          </Button>
        </span>
      }
    />
  )
}

function ReadBar({ version, onHistory }: { readonly version: number; readonly onHistory: () => void }) {
  const { t } = useWords()
  return (
    <footer className={shared.saveBar}>
      <span className={shared.saveState}>{t('case-rules.version', { version })}</span>
      <Button type="text" icon={<HistoryOutlined />} onClick={onHistory} data-testid="history">
        {t('case-rules.versions')}
      </Button>
    </footer>
  )
}
