import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Drawer, Empty, Spin, Tag } from 'antd'
import { useState } from 'react'
import type { Drawing, TreeForm, VersionDrawing, VersionView } from '../../floor/ivr/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { compare, type Difference } from './compare.ts'
import styles from './ivr.module.css'
import { useVersions } from './use-ivr.ts'
import { placeText } from './words.ts'

interface Props {
  readonly open: boolean
  readonly id: string
  readonly drawing: Drawing
  readonly onRestore: (form: TreeForm) => void
  readonly onClose: () => void
}

/** What was published: by whom, why, on which lines; compared with the draft, and brought back into it. */
export function VersionsDrawer({ open, id, drawing, onRestore, onClose }: Props) {
  const { t } = useWords()
  const versions = useVersions(id, open)
  const [compared, setCompared] = useState<number | null>(null)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={520}
      styles={{ body: { padding: '4px 16px' } }}
      title={t('ivr.versions')}
      data-testid="ivr-versions-drawer"
    >
      {versions.isError && <Alert type="error" showIcon title={t(problemKey(versions.error))} />}
      {versions.isPending && <Spin />}
      {versions.data?.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ivr.versions.none')} />
      )}
      <ol className={styles.versions}>
        {versions.data?.map(version => (
          <Version
            key={version.version}
            id={id}
            version={version}
            drawing={drawing}
            compared={compared === version.version}
            onCompare={() => setCompared(compared === version.version ? null : version.version)}
            onRestore={form => {
              onRestore(form)
              onClose()
            }}
          />
        ))}
      </ol>
    </Drawer>
  )
}

interface VersionProps {
  readonly id: string
  readonly version: VersionView
  readonly drawing: Drawing
  readonly compared: boolean
  readonly onCompare: () => void
  readonly onRestore: (form: TreeForm) => void
}

function Version({ id, version, drawing, compared, onCompare, onRestore }: VersionProps) {
  const { t } = useWords()
  const { message } = App.useApp()
  const now = useNow(false)
  const path = `/api/ivr/${id}/versions/${version.version}`
  const published = useQuery({
    queryKey: ['ivr', 'version', id, version.version],
    queryFn: () => get<VersionDrawing>(path),
    enabled: compared,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const restoring = useMutation({
    mutationFn: () => get<VersionDrawing>(path),
    onSuccess(found) {
      onRestore({ name: found.name, draft: found.drawing })
      message.success(t('ivr.versions.restored', { version: found.version }))
    },
    onError: error => message.error(t(problemKey(error))),
  })
  return (
    <li data-testid={`ivr-version-${version.version}`}>
      <header>
        <b>{t('ivr.version', { version: version.version })}</b>
        {version.lines.length > 0 && (
          <Tag color="green">{t('ivr.versions.live', { lines: version.lines.join('、') })}</Tag>
        )}
        <small className={styles.when}>
          {version.publishedByName} · {dateAndTime(version.publishedAt, now)}
        </small>
      </header>
      <p>{version.note}</p>
      <Button size="small" aria-pressed={compared} onClick={onCompare}>
        {t('ivr.versions.compare')}
      </Button>{' '}
      <Button size="small" loading={restoring.isPending} onClick={() => restoring.mutate()}>
        {t('ivr.versions.restore')}
      </Button>
      {compared && published.data !== undefined && (
        <Differences differences={compare(published.data.drawing, drawing)} />
      )}
    </li>
  )
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const { t } = useWords()
  if (differences.length === 0) return <p className={styles.quiet}>{t('ivr.versions.same')}</p>
  return (
    <ul className={styles.differences} data-testid="ivr-differences">
      {differences.map(({ node, name, what, fields }) => (
        <li key={`${node} ${fields[0]?.field}`} data-what={what}>
          <b>
            {SIGNS[what]} {name}
          </b>{' '}
          <small>{t(`ivr.diff.${what}`)}</small>
          {fields.map(({ field, before, after }) => (
            <div key={field}>
              <small>{placeText(t, field)}</small>
              <del>{before || t('ivr.diff.nothing')}</del> → <ins>{after || t('ivr.diff.nothing')}</ins>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
