import { DownloadOutlined, PlusOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, type InputRef, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useLines, useQueues } from '../queues/use-queues.ts'
import { useDrafts } from '../settings/drafts.ts'
import { goTo } from '../shell/place.ts'
import { ImportDialog } from './import-dialog.tsx'
import { draftKey, LineDrawer, lineDrafts } from './line-drawer.tsx'
import { type LineFilter, linesShown, MERGE_MODES } from './line-form.ts'
import { LineTable } from './line-table.tsx'
import styles from './lines.module.css'

interface Props {
  readonly me: Me
  /** The number in the address; `new` for one that is to be added. */
  readonly opened: string | null
  readonly onHistory: (number: string) => void
}

export const NEW = 'new'

export function Lines({ me, opened, onHistory }: Props) {
  const { t } = useWords()
  const lines = useLines()
  const edited = useDrafts(lineDrafts)
  const [filter, setFilter] = useState<LineFilter>({ search: '', queue: null, mergeMode: null })
  const [importing, setImporting] = useState(false)
  const all = lines.data ?? []
  const shown = linesShown(all, filter)
  return (
    <>
      <Tools filter={filter} onFilter={setFilter} onImport={() => setImporting(true)} />
      {lines.isError && <Alert type="error" banner title={t(problemKey(lines.error))} />}
      <div className={styles.body}>
        <div className={styles.scroll}>
          {shown.length === 0 && lines.isSuccess ? (
            <Empty
              className={styles.nothing ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('lines.none')}
            />
          ) : (
            <LineTable
              lines={shown}
              opened={opened}
              isEdited={number => edited.has(draftKey(me, number))}
              onOpen={number => goTo('lines', number)}
            />
          )}
        </div>
        <LineDrawer
          me={me}
          opened={opened}
          view={all.find(line => line.number === opened) ?? null}
          onClose={() => goTo('lines')}
          onHistory={onHistory}
        />
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  )
}

interface ToolsProps {
  readonly filter: LineFilter
  readonly onFilter: (filter: LineFilter) => void
  readonly onImport: () => void
}

function Tools({ filter, onFilter, onImport }: ToolsProps) {
  const { t, nameOf } = useWords()
  const queues = useQueues().data ?? []
  const search = useRef<InputRef>(null)
  useSlash(() => search.current?.focus())
  return (
    <div className={styles.tools}>
      <Input
        ref={search}
        className={styles.search ?? ''}
        prefix={<SearchOutlined />}
        placeholder={`${t('lines.search')}（${t('lines.search.keys')}）`}
        value={filter.search}
        onChange={event => onFilter({ ...filter, search: event.target.value })}
        allowClear
        data-testid="line-search"
      />
      <Select
        className={styles.filter ?? ''}
        value={filter.queue ?? ''}
        onChange={queue => onFilter({ ...filter, queue: queue === '' ? null : queue })}
        options={[
          { value: '', label: t('lines.all-queues') },
          ...queues.map(queue => ({ value: queue.id, label: nameOf(queue) })),
        ]}
        aria-label={t('lines.queue')}
      />
      <Select
        className={styles.filter ?? ''}
        value={filter.mergeMode ?? ''}
        onChange={chosen =>
          onFilter({ ...filter, mergeMode: MERGE_MODES.find(mode => mode === chosen) ?? null })
        }
        options={[
          { value: '', label: t('lines.all-modes') },
          ...MERGE_MODES.map(value => ({ value, label: t(`lines.mode.${value}`) })),
        ]}
        aria-label={t('lines.mergeMode')}
      />
      <span className={styles.push} />
      <Button icon={<UploadOutlined />} onClick={onImport} data-testid="lines-import">
        {t('lines.import')}
      </Button>
      <Button icon={<DownloadOutlined />} href="/api/lines/export" data-testid="lines-export">
        {t('lines.export')}
      </Button>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        onClick={() => goTo('lines', NEW)}
        data-testid="line-new"
      >
        {t('lines.new')}
      </Button>
    </div>
  )
}

/** `/` goes to the search, unless something is being typed. */
function useSlash(search: () => void): void {
  const current = useRef(search)
  current.current = search
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea')
      if (event.key !== '/' || typing || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
