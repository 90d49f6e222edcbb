import type { ReactNode } from 'react'
import type { ClockKind } from '../../cases/clocks/clock.ts'
import type { ByPriority } from '../../cases/clocks/limits.ts'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import type { FieldProblems } from '../settings/fields.ts'
import styles from './case-rules.module.css'
import { without } from './cell-form.ts'
import type { CellValue } from './limit-cell.tsx'
import { OTHER_TYPES } from './limit-form.ts'

export interface CellProps<Value> {
  readonly label: string
  readonly value: CellValue<Value>
  readonly inherits: boolean
  readonly problem: string | undefined
  readonly onChange: (value: CellValue<Value>) => void
}

interface Props<Value> {
  /** How the service names the part: `limits`, `extensions`. */
  readonly field: string
  readonly kinds: readonly ClockKind[]
  readonly rows: Readonly<Partial<Record<ClockKind, ByPriority<Value>>>>
  readonly problems: FieldProblems
  readonly onRow: (kind: ClockKind, row: ByPriority<Value>) => void
  readonly cell: (props: CellProps<Value>) => ReactNode
}

/** Kinds of clocks by P1, P2 and, for P3, the types of orders. */
export function LimitGrid<Value>({ field, kinds, rows, problems, onRow, cell }: Props<Value>) {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  const columns = [
    ...types.map(type => ({ code: type.code, name: nameOf(type) })),
    { code: OTHER_TYPES, name: t('case-rules.others') },
  ]
  return (
    <div className={styles.wide}>
      <table className={styles.grid} data-testid={`grid-${field}`}>
        <thead>
          <tr>
            <th rowSpan={2}>{t('case-rules.clock')}</th>
            <th rowSpan={2}>{t('case-rules.p1')}</th>
            <th rowSpan={2}>{t('case-rules.p2')}</th>
            <th colSpan={columns.length}>{t('case-rules.p3')}</th>
          </tr>
          <tr>
            {columns.map(({ code, name }) => (
              <th key={code}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map(kind => {
            const row = rows[kind] ?? { P1: null, P2: null, P3: { [OTHER_TYPES]: null } }
            const path = `${field}.${kind}`
            const name = t(`case-rules.kind.${kind}`)
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                {(['P1', 'P2'] as const).map(priority => (
                  <td key={priority}>
                    {cell({
                      label: `${name} ${priority}`,
                      value: row[priority],
                      inherits: false,
                      problem: problems[`${path}.${priority}`],
                      onChange: value => onRow(kind, { ...row, [priority]: value ?? null }),
                    })}
                  </td>
                ))}
                {columns.map(({ code, name: type }) => (
                  <td key={code}>
                    {cell({
                      label: `${name} P3 ${type}`,
                      value: row.P3[code],
                      inherits: code !== OTHER_TYPES,
                      problem: problems[`${path}.P3.${code}`],
                      onChange: value =>
                        onRow(kind, {
                          ...row,
                          P3: value === undefined ? without(row.P3, code) : { ...row.P3, [code]: value },
                        }),
                    })}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
