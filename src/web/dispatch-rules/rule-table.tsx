import { Tag } from 'antd'
import { memo, useEffect, useRef } from 'react'
import type { DutyRuleView } from '../../casework/dispatch/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { useHoursText } from '../lines/line-words.ts'
import lines from '../lines/lines.module.css'
import { useAreaNames } from '../units/use-area-names.ts'
import styles from './dispatch-rules.module.css'
import { useCategoryParts, usePersonText, useUnitName } from './rule-words.ts'

export const PRIORITY_COLOUR = { P0: 'red', P1: 'volcano', P2: 'gold', P3: 'default' } as const

interface Props {
  readonly rules: readonly DutyRuleView[]
  readonly opened: string | null
  /** The rule that the text tried out came to; it is brought into sight. */
  readonly matched: string | null
  readonly isEdited: (id: string) => boolean
  readonly onOpen: (id: string) => void
}

/** All rules at once, in order: the order is what they mean. */
export const RuleTable = memo(function RuleTable({ rules, opened, matched, isEdited, onOpen }: Props) {
  const { t } = useWords()
  return (
    <table className={css(lines.table, styles.table)} data-testid="duty-rules">
      <thead>
        <tr>
          <th className={styles['column-position']}>{t('dispatch-rules.position')}</th>
          <th className={styles['column-category']}>{t('dispatch-rules.category')}</th>
          <th className={styles['column-when']}>{t('dispatch-rules.when')}</th>
          <th>{t('dispatch-rules.lead')}</th>
          <th>{t('dispatch-rules.coUnits')}</th>
          <th>{t('dispatch-rules.person')}</th>
          <th className={styles['column-priority']}>{t('dispatch-rules.priority')}</th>
          <th className={styles.wide}>{t('dispatch-rules.note')}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(rule => (
          <Row
            key={rule.id}
            rule={rule}
            isOpened={rule.id === opened}
            isMatched={rule.id === matched}
            isEdited={isEdited(rule.id)}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </table>
  )
})

interface RowProps {
  readonly rule: DutyRuleView
  readonly isOpened: boolean
  readonly isMatched: boolean
  readonly isEdited: boolean
  readonly onOpen: (id: string) => void
}

function Row({ rule, isOpened, isMatched, isEdited, onOpen }: RowProps) {
  const { t } = useWords()
  const unitName = useUnitName()
  const personText = usePersonText()
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isMatched) row.current?.scrollIntoView({ block: 'center' })
  }, [isMatched])
  return (
    <tr
      ref={row}
      className={css(isEdited && lines.edited, isMatched && styles.matched)}
      aria-selected={isOpened}
      onClick={() => onOpen(rule.id)}
      data-testid={`duty-rule-${rule.position}`}
    >
      <td>
        <button type="button" className={lines.number} onClick={() => onOpen(rule.id)}>
          {rule.position}
        </button>
      </td>
      <td className={styles.name}>
        {rule.categoryPrefix === null ? (
          <span className={styles.any}>{t('dispatch-rules.category.any')}</span>
        ) : (
          <Category code={rule.categoryPrefix} />
        )}
      </td>
      <td>
        <Conditions rule={rule} />
      </td>
      <td>{unitName(rule.lead)}</td>
      <td>{rule.coUnits.map(unitName).join('、')}</td>
      <td>{personText(rule)}</td>
      <td>{rule.priority !== null && <Tag color={PRIORITY_COLOUR[rule.priority]}>{rule.priority}</Tag>}</td>
      <td className={css(styles.note, styles.wide)} title={rule.note}>
        {rule.note}
      </td>
    </tr>
  )
}

function Category({ code }: { readonly code: string }) {
  const { name, within } = useCategoryParts()(code)
  return (
    <>
      {name} {within !== null && <small>{within}</small>}
    </>
  )
}

function Conditions({ rule }: { readonly rule: DutyRuleView }) {
  const { t } = useWords()
  const hoursText = useHoursText()
  const areaName = useAreaNames()
  const words = (['anyWords', 'allWords', 'noWords'] as const).filter(field => rule[field].length > 0)
  return (
    <>
      {rule.areaCode !== null && <span className={styles.part}>{areaName(rule.areaCode)}</span>}
      {rule.hours !== null && <span className={styles.part}>{hoursText(rule.hours)}</span>}
      {words.map(field => (
        <span key={field} className={styles.part}>
          <small>{t(`dispatch-rules.${field}`)}</small> {rule[field].join('、')}
        </span>
      ))}
    </>
  )
}
