import type { Limit } from '../../cases/clocks/clock.ts'
import type { ExtensionAllowance } from '../../cases/clocks/limits.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { wrongKey } from '../settings/field.tsx'
import styles from './case-rules.module.css'
import { cellOf, isUnit, LIMIT_UNITS, limitOf } from './cell-form.ts'

/** `undefined`: the cell has nothing of its own and goes by the column 其余类型. */
export type CellValue<Value> = Value | null | undefined

interface Props<Value> {
  readonly label: string
  readonly value: CellValue<Value>
  /** Only types of P3 can go by the others. */
  readonly inherits: boolean
  readonly problem: string | undefined
  readonly disabled: boolean
  readonly onChange: (value: CellValue<Value>) => void
}

const FIRST_LIMIT: Limit = { unit: 'working-days', days: 1 }

export function LimitInput({ label, value, inherits, problem, disabled, onChange }: Props<Limit>) {
  const { t } = useWords()
  const cell = value === null || value === undefined ? null : cellOf(value)
  const choose = (chosen: string) => {
    if (chosen === 'inherit') onChange(undefined)
    else if (chosen === 'none') onChange(null)
    else if (isUnit(chosen)) onChange(limitOf({ amount: (cell ?? cellOf(FIRST_LIMIT)).amount, unit: chosen }))
  }
  return (
    <span
      className={css(styles.cell, problem !== undefined && styles.bad, cell === null && styles.quietCell)}
      title={problem === undefined ? undefined : t(wrongKey(problem))}
      data-problem={problem}
    >
      {cell !== null && (
        <NumberInput
          label={label}
          value={cell.amount}
          disabled={disabled}
          onChange={amount => onChange(limitOf({ ...cell, amount }))}
        />
      )}
      <select
        aria-label={`${label} ${t('case-rules.unit')}`}
        value={value === undefined ? 'inherit' : value === null ? 'none' : (cell?.unit ?? 'none')}
        disabled={disabled}
        onChange={event => choose(event.target.value)}
      >
        {LIMIT_UNITS.map(unit => (
          <option key={unit} value={unit}>
            {t(`case-rules.unit.${unit}`)}
          </option>
        ))}
        <option value="none">{t('case-rules.none')}</option>
        {inherits && <option value="inherit">{t('case-rules.inherit')}</option>}
      </select>
    </span>
  )
}

const FIRST_EXTENSION: ExtensionAllowance = { times: 1, most: FIRST_LIMIT, leaderFrom: null }

/** How often, how long each time, and from which time on a leader must agree. */
export function ExtensionInput(props: Props<ExtensionAllowance>) {
  const { t } = useWords()
  const { label, value, inherits, problem, disabled, onChange } = props
  const one = value === null || value === undefined ? null : value
  const chosen = value === undefined ? 'inherit' : value === null ? 'none' : 'some'
  const choose = (next: string) =>
    onChange(next === 'inherit' ? undefined : next === 'none' ? null : (one ?? FIRST_EXTENSION))
  return (
    <span
      className={css(styles.stack, problem !== undefined && styles.bad)}
      title={problem === undefined ? undefined : t(wrongKey(problem))}
      data-problem={problem}
    >
      <span className={css(styles.cell, one === null && styles.quietCell)}>
        {one !== null && (
          <NumberInput
            label={`${label} ${t('case-rules.times')}`}
            value={one.times}
            disabled={disabled}
            onChange={times => onChange({ ...one, times })}
          />
        )}
        <select
          aria-label={label}
          value={chosen}
          disabled={disabled}
          onChange={event => choose(event.target.value)}
        >
          <option value="some">{t('case-rules.times')}</option>
          <option value="none">{t('case-rules.no-extension')}</option>
          {inherits && <option value="inherit">{t('case-rules.inherit')}</option>}
        </select>
      </span>
      {one !== null && (
        <>
          <LimitInput
            label={`${label} ${t('case-rules.most')}`}
            value={one.most}
            inherits={false}
            problem={undefined}
            disabled={disabled}
            onChange={most => most !== null && most !== undefined && onChange({ ...one, most })}
          />
          <select
            className={styles.leader}
            aria-label={`${label} ${t('case-rules.leader')}`}
            value={one.leaderFrom ?? ''}
            disabled={disabled}
            onChange={event =>
              onChange({ ...one, leaderFrom: event.target.value === '' ? null : Number(event.target.value) })
            }
          >
            <option value="">{t('case-rules.leader.never')}</option>
            {[1, 2, 3, 4, 5].map(from => (
              <option key={from} value={from}>
                {t('case-rules.leader.from', { from })}
              </option>
            ))}
          </select>
        </>
      )}
    </span>
  )
}

interface NumberProps {
  readonly label: string
  readonly value: number
  readonly disabled: boolean
  readonly onChange: (value: number) => void
}

export function NumberInput({ label, value, disabled, onChange }: NumberProps) {
  return (
    <input
      type="number"
      min={0}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={event => onChange(event.target.value === '' ? 0 : Number(event.target.value))}
    />
  )
}
