import { ConfigProvider, Empty, Table, type TableProps, type ThemeConfig } from 'antd'
import type { ReactNode } from 'react'
import type {
  AgentFigures,
  AgentIntervals,
  QueueFigures,
  QueueIntervals,
} from '../../insight/intervals/schema.ts'
import { intervalName } from '../kit/figures.ts'
import { useWords } from '../kit/language.tsx'
import { useHeight } from '../kit/use-size.ts'
import { type AgentRow, type QueueRow, wholeAgentRows, wholeQueueRows } from './add-up.ts'
import { type FigureColumn, tableColumns, useAgentColumns, useQueueColumns } from './columns.tsx'
import styles from './statistics.module.css'

interface Props<Found> {
  readonly found: Found
  /** One row a group instead of one an interval. */
  readonly whole: boolean
  readonly withBands: boolean
  readonly busy: boolean
}

export function QueueTable({ found, whole, withBands, busy }: Props<QueueIntervals>) {
  const columns = useQueueColumns({ ...found, withBands })
  const rows = whole ? wholeQueueRows(found.rows) : found.rows
  const interval = useIntervalColumn<QueueRow>(found, whole)
  const name = useNameColumn<QueueRow>()
  return (
    <FigureTable<QueueRow, QueueFigures>
      // Everything at once needs no name, but a table needs a first column.
      places={found.by === 'all' && !whole ? interval : [...interval, name]}
      columns={columns}
      rows={rows}
      total={found.total}
      busy={busy}
    />
  )
}

export function AgentTable({ found, whole, withBands, busy }: Props<AgentIntervals>) {
  const columns = useAgentColumns({ ...found, withBands })
  const { t } = useWords()
  const interval = useIntervalColumn<AgentRow>(found, whole)
  const name = useNameColumn<AgentRow>()
  const number = {
    key: 'number',
    title: t('statistics.agent-number'),
    width: 72,
    fixed: 'left' as const,
    render: (_: unknown, row: AgentRow) => row.agentNumber ?? '—',
  }
  return (
    <FigureTable<AgentRow, AgentFigures>
      places={[...interval, number, name]}
      columns={columns}
      rows={whole ? wholeAgentRows(found.rows) : found.rows}
      total={found.total}
      busy={busy}
    />
  )
}

type Columns<Row> = NonNullable<TableProps<Row>['columns']>

function useIntervalColumn<Row extends QueueRow | AgentRow>(
  { from, to, step }: Pick<QueueIntervals, 'from' | 'to' | 'step'>,
  whole: boolean,
): Columns<Row> {
  const { t } = useWords()
  if (whole) return []
  const manyDays = Date.parse(to) - Date.parse(from) > 86_400_000
  return [
    {
      key: 'start',
      title: t('statistics.interval'),
      width: manyDays && step !== '1d' ? 108 : 72,
      fixed: 'left',
      render: (_, row) => <time>{intervalName(row.start, step, manyDays)}</time>,
    },
  ]
}

function useNameColumn<Row extends QueueRow | AgentRow>(): Columns<Row>[number] {
  const { t } = useWords()
  return {
    key: 'name',
    title: t('statistics.name'),
    width: 150,
    fixed: 'left',
    ellipsis: true,
    render: (_, row) => row.name,
  }
}

interface FigureTableProps<Row, Figures> {
  readonly places: Columns<Row>
  readonly columns: readonly FigureColumn<Figures>[]
  readonly rows: readonly Row[]
  readonly total: Figures
  readonly busy: boolean
}

/** Eighteen columns fit a screen of 1440. */
const DENSE: ThemeConfig = { components: { Table: { cellPaddingInlineSM: 7, cellPaddingBlockSM: 4 } } }

const HEAD_PX = 36
const FOOT_PX = 32

/** Only the rows in sight are drawn: a day by line has thousands. Head and total stay where they are. */
function FigureTable<Row extends Figures & (QueueRow | AgentRow), Figures>(
  props: FigureTableProps<Row, Figures>,
) {
  const { places, columns, rows, total, busy } = props
  const { t } = useWords()
  const [box, height] = useHeight<HTMLDivElement>()
  const all: Columns<Row> = [...places, ...tableColumns<Row>(columns)]
  const width = all.reduce((sum, column) => sum + Number(column.width ?? 0), 0)
  return (
    <ConfigProvider theme={DENSE}>
      <div ref={box} className={styles.table} data-testid="statistics-table">
        {height > 0 && (
          <Table<Row>
            size="small"
            virtual
            rowKey={row => `${row.start} ${row.key}`}
            columns={all}
            dataSource={[...rows]}
            loading={busy}
            pagination={false}
            scroll={{ x: width, y: Math.max(120, height - HEAD_PX - FOOT_PX) }}
            locale={{
              emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('statistics.none')} />,
            }}
            summary={() => (
              <Table.Summary fixed="bottom">
                <Table.Summary.Row className={styles.total ?? ''}>
                  {places.map((place, index) => (
                    <Table.Summary.Cell key={String(place.key)} index={index}>
                      {index === 0 && t('statistics.total')}
                    </Table.Summary.Cell>
                  ))}
                  {columns.map((column, index) => (
                    <Table.Summary.Cell key={column.key} index={places.length + index} align="right">
                      {shownOf(column, total)}
                    </Table.Summary.Cell>
                  ))}
                </Table.Summary.Row>
              </Table.Summary>
            )}
          />
        )}
      </div>
    </ConfigProvider>
  )
}

function shownOf<Figures>({ shown, value }: FigureColumn<Figures>, figures: Figures): ReactNode {
  return shown?.(figures) ?? value(figures)
}
