import { Alert, Empty, Modal, Select, Spin } from 'antd'
import { useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './compare-dialog.module.css'
import { differences, type Places } from './differences.ts'
import { useVersion } from './use-case-rules.ts'
import type { ShownVersion } from './versions-drawer.tsx'

interface Props<View> {
  readonly document: string
  /** Compared with the one in force, or with the one before when it is that itself. */
  readonly first: number
  readonly versions: readonly ShownVersion[]
  readonly read: (version: number) => Promise<View>
  readonly places: (view: View) => Places
  readonly onClose: () => void
}

/** Two versions, and every place at which they differ. */
export function CompareDialog<View>(props: Props<View>) {
  const { t } = useWords()
  const { document, first, versions, read } = props
  const newest = versions[0]?.version ?? first
  const [[before, after], setPair] = useState<readonly [number, number]>(
    first === newest ? [Math.max(1, first - 1), first] : [first, newest],
  )
  const options = versions.map(({ version, why }) => ({
    value: version,
    label: `${t('case-rules.version', { version })}${why === '' ? '' : ` · ${why}`}`,
  }))
  const older = useVersion(document, before, read)
  const newer = useVersion(document, after, read)
  const error = older.error ?? newer.error
  return (
    <Modal open width={860} title={t('case-rules.compare')} footer={null} onCancel={props.onClose}>
      <div className={styles.pair}>
        <Select
          value={before}
          options={options}
          aria-label={t('case-rules.compare.before')}
          onChange={version => setPair([version, after])}
          data-testid="compare-before"
        />
        <span>→</span>
        <Select
          value={after}
          options={options}
          aria-label={t('case-rules.compare.after')}
          onChange={version => setPair([before, version])}
          data-testid="compare-after"
        />
      </div>
      {error !== null ? (
        <Alert type="error" showIcon title={t(problemKey(error))} />
      ) : older.data === undefined || newer.data === undefined ? (
        <Spin />
      ) : (
        <Differences before={props.places(older.data)} after={props.places(newer.data)} />
      )}
    </Modal>
  )
}

function Differences({ before, after }: { readonly before: Places; readonly after: Places }) {
  const { t } = useWords()
  const found = differences(before, after)
  if (found.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('case-rules.compare.same')} />
  }
  return (
    <div className={styles.differ}>
      <table data-testid="differences">
        <thead>
          <tr>
            <th>{t('case-rules.compare.place', { count: found.length })}</th>
            <th>{t('case-rules.compare.before')}</th>
            <th>{t('case-rules.compare.after')}</th>
          </tr>
        </thead>
        <tbody>
          {found.map(one => (
            <tr key={one.place}>
              <th scope="row">{one.place}</th>
              <td>{one.before === null ? '—' : <del>{one.before}</del>}</td>
              <td>{one.after === null ? '—' : <ins>{one.after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
