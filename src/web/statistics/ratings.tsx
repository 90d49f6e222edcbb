import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Drawer, Empty, Segmented, Table, type TableProps, Tooltip } from 'antd'
import { useState } from 'react'
import type { Ratings as Found, RatingBy, RatingFigures, RatingRow } from '../../insight/ratings/schema.ts'
import { GRADE_COLOURS } from '../calls/cells.tsx'
import { get } from '../kit/api.ts'
import { percent } from '../kit/figures.ts'
import { FormulaNote, formulaOf } from '../kit/formula-note.tsx'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './ratings.module.css'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly asked: { readonly from: string; readonly to: string; readonly enabled: boolean }
}

const GROUPS: readonly RatingBy[] = ['agent', 'queue']
const GRADES = [1, 2, 3, 4, 5] as const

/** 满意度 of the page's period: what citizens said, of whom. */
export function Ratings({ open, onClose, asked }: Props) {
  const { t } = useWords()
  const [by, setBy] = useState<RatingBy>('agent')
  const url = `/api/statistics/ratings?${new URLSearchParams({ from: asked.from, to: asked.to, by })}`
  const found = useQuery({
    queryKey: ['statistics', url],
    queryFn: () => get<Found>(url),
    enabled: open && asked.enabled,
    placeholderData: keepPreviousData,
  })
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={860}
      title={t('ratings.title')}
      extra={
        <Segmented<RatingBy>
          value={by}
          onChange={setBy}
          options={GROUPS.map(value => ({ value, label: t(`statistics.by.${value}`) }))}
          aria-label={t('statistics.by')}
          data-testid="ratings-by"
        />
      }
      destroyOnHidden
      data-testid="ratings"
    >
      {found.isError && <Alert type="error" showIcon title={t(problemKey(found.error))} />}
      {found.data !== undefined && !found.isError && <Shown found={found.data} />}
    </Drawer>
  )
}

function Shown({ found }: { readonly found: Found }) {
  const { t } = useWords()
  const columns = useColumns(found)
  if (found.total.asked === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ratings.none')} />
  }
  return (
    <>
      <Whole found={found} />
      <Table<RatingRow>
        size="small"
        rowKey="key"
        columns={columns}
        dataSource={[...found.rows]}
        pagination={false}
        data-testid="ratings-table"
      />
    </>
  )
}

function Whole({ found: { total, formulas } }: { readonly found: Found }) {
  const { t } = useWords()
  return (
    <section className={styles.whole}>
      <dl>
        <div>
          <dt>
            <FormulaNote formula={formulaOf(formulas, 'satisfaction')}>{t('ratings.satisfied')}</FormulaNote>
          </dt>
          <dd data-testid="ratings-satisfied">{percent(total.satisfied.value)}</dd>
          <small>{t('statistics.of', total.satisfied)}</small>
        </div>
        <div>
          <dt>
            <FormulaNote formula={formulaOf(formulas, 'rating-rate')}>{t('ratings.rate')}</FormulaNote>
          </dt>
          <dd>{percent(total.rated.value)}</dd>
          <small>{t('statistics.of', total.rated)}</small>
        </div>
        <div>
          <dt>
            <FormulaNote formula={formulaOf(formulas, 'rating-asked')}>{t('ratings.asked')}</FormulaNote>
          </dt>
          <dd>{total.asked}</dd>
          <small>{t('ratings.not-rated', { count: total.notRated })}</small>
        </div>
      </dl>
      <Bar figures={total} />
      <ul>
        {GRADES.map(grade => (
          <li key={grade} style={{ color: GRADE_COLOURS[grade - 1] }}>
            {t(`call-log.grade.${grade}`)} <b>{total.grades[grade - 1]}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The grades, each as wide as it is often. */
function Bar({ figures }: { readonly figures: RatingFigures }) {
  const { t } = useWords()
  return (
    <i className={styles.bar}>
      {GRADES.map(grade => (
        <Tooltip key={grade} title={`${t(`call-log.grade.${grade}`)} ${figures.grades[grade - 1]}`}>
          <i style={{ flexGrow: figures.grades[grade - 1] ?? 0, background: GRADE_COLOURS[grade - 1] }} />
        </Tooltip>
      ))}
    </i>
  )
}

function useColumns(found: Found): NonNullable<TableProps<RatingRow>['columns']> {
  const { t, nameOf } = useWords()
  const count = (grade: (typeof GRADES)[number]) => (row: RatingRow) => row.grades[grade - 1] ?? 0
  return [
    {
      key: 'name',
      title: t(`statistics.by.${found.by}`),
      ellipsis: true,
      render: (_, row) => (
        <>
          {row.agentNumber !== null && <span className={styles.quiet}>{row.agentNumber} </span>}
          {row.key === '-' ? '—' : nameOf(row)}
        </>
      ),
    },
    {
      key: 'asked',
      title: t('ratings.asked'),
      width: 74,
      align: 'right',
      sorter: (a, b) => a.asked - b.asked,
      render: (_, row) => row.asked,
    },
    {
      key: 'rated',
      title: t('ratings.rate'),
      width: 82,
      align: 'right',
      render: (_, row) => percent(row.rated.value),
    },
    ...GRADES.map(grade => ({
      key: String(grade),
      title: t(`ratings.grade.${grade}`),
      width: 62,
      align: 'right' as const,
      render: (_: unknown, row: RatingRow) => (
        <span style={{ color: count(grade)(row) > 0 ? GRADE_COLOURS[grade - 1] : '#a3afbc' }}>
          {count(grade)(row)}
        </span>
      ),
    })),
    {
      key: 'satisfied',
      title: t('ratings.satisfied'),
      width: 92,
      align: 'right',
      sorter: (a, b) => (a.satisfied.value ?? -1) - (b.satisfied.value ?? -1),
      render: (_, row) => <b>{percent(row.satisfied.value)}</b>,
    },
    { key: 'bar', width: 130, render: (_, row) => <Bar figures={row} /> },
  ]
}
