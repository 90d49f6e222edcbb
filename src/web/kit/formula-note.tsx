import { Popover } from 'antd'
import type { ReactNode } from 'react'
import type { Formula } from '../../insight/intervals/schema.ts'
import styles from './formula-note.module.css'
import { useWords } from './language.tsx'

interface Props {
  readonly formula: Formula | undefined
  readonly children: ReactNode
}

/** A figure's name under which its formula, version and source are shown: on hover, on focus. */
export function FormulaNote({ formula, children }: Props) {
  const { language, t } = useWords()
  if (formula === undefined) return <>{children}</>
  const chinese = language === 'zh'
  return (
    <Popover
      trigger={['hover', 'focus']}
      title={chinese ? formula.nameZh : formula.nameEn}
      content={
        <div className={styles.formula}>
          <p>{chinese ? formula.formulaZh : formula.formulaEn}</p>
          <small>
            {t('statistics.formula', { version: formula.version })} ·{' '}
            {t('statistics.formula.source', { source: formula.source })}
          </small>
        </div>
      }
    >
      <button type="button" className={styles.term} data-testid={`formula-${formula.id}`}>
        {children}
        <sup>v{formula.version}</sup>
      </button>
    </Popover>
  )
}

export function formulaOf(formulas: readonly Formula[], id: string): Formula | undefined {
  return formulas.find(formula => formula.id === id)
}
