import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Progress, Radio } from 'antd'
import { useState } from 'react'
import type { OrderCount } from '../../casework/order-list/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { sizeOf } from './attach.ts'
import styles from './export-panel.module.css'
import type { ExportState, TableFormat, useExport } from './use-export.ts'
import { conditionsOf, type Filter } from './use-orders.ts'

interface Props extends ReturnType<typeof useExport> {
  readonly filter: Filter
}

/** How many rows it would be, as what; and while it runs, how far it is. */
export function ExportPanel({ filter, state, start, stop }: Props) {
  const { t } = useWords()
  const [format, setFormat] = useState<TableFormat>('csv')
  const conditions = conditionsOf(filter)
  const count = useQuery({
    queryKey: ['orders', 'count', conditions.toString()],
    queryFn: () => get<OrderCount>(`/api/work-orders/count?${conditions}`),
  })
  const narrowed = conditionsOf({ ...filter, tab: 'all' }).size > 0
  return (
    <section className={styles.panel} data-testid="export-panel">
      <p>
        <b>{t('export.what', { tab: t(`orders.tab.${filter.tab}`) })}</b>
        {narrowed && t('export.as-filtered')}
      </p>
      {count.isError ? (
        <Alert type="error" showIcon title={t(problemKey(count.error))} />
      ) : (
        <p className={styles.rows} data-testid="export-rows">
          <HowMany count={count.data ?? null} />
        </p>
      )}
      <Radio.Group
        value={format}
        disabled={state.at === 'running'}
        onChange={event => setFormat(event.target.value)}
        options={[
          { value: 'csv', label: t('export.csv') },
          { value: 'xlsx', label: t('export.xlsx') },
        ]}
        data-testid="export-format"
      />
      {state.at === 'failed' && (
        <Alert type="warning" showIcon title={t(problemKey(state.error))} data-testid="export-refused" />
      )}
      {state.at === 'running' ? (
        <>
          <Running state={state} count={count.data ?? null} />
          <Button onClick={stop}>{t('export.stop')}</Button>
        </>
      ) : (
        <Button
          type="primary"
          disabled={count.data === undefined || count.data.count === 0}
          onClick={() => void start(conditions, format)}
          data-testid="export-start"
        >
          {t('export.start')}
        </Button>
      )}
      <small>{t('export.record')}</small>
    </section>
  )
}

function HowMany({ count }: { readonly count: OrderCount | null }) {
  const { t } = useWords()
  if (count === null) return t('export.counting')
  const number = count.count.toLocaleString('zh-CN')
  return t(count.more ? 'export.more-than' : 'export.rows', { count: number })
}

interface RunningProps {
  readonly state: Extract<ExportState, { readonly at: 'running' }>
  readonly count: OrderCount | null
}

/** By rows where both are known, else by what has come so far; a workbook comes all at once. */
function Running({ state: { progress }, count }: RunningProps) {
  const { t } = useWords()
  if (progress === null) return <p data-testid="export-running">{t('export.preparing')}</p>
  const { rows, bytes } = progress
  const all = count === null || count.more ? null : count.count
  return (
    <div data-testid="export-running">
      {rows !== null && all !== null && (
        <Progress percent={Math.min(99, Math.floor((rows / Math.max(1, all)) * 100))} size="small" />
      )}
      {rows === null
        ? t('export.bytes', { size: sizeOf(bytes) })
        : t('export.rows-so-far', { count: rows.toLocaleString('zh-CN'), size: sizeOf(bytes) })}
    </div>
  )
}
