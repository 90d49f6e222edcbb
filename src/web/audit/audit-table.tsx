import { Tag } from 'antd'
import type { AuditRow } from '../../casework/audit/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { clock, dayOf } from '../kit/time.ts'
import lines from '../lines/lines.module.css'
import { hashOf } from '../shell/place.ts'
import styles from './audit.module.css'
import { useActName, useKeyName } from './audit-words.ts'

export const SUBJECT_COLOUR = {
  staff: 'blue',
  roles: 'purple',
  exports: 'gold',
  identity: 'magenta',
} as const

interface Props {
  readonly looks: boolean
  readonly rows: readonly AuditRow[]
  readonly opened: AuditRow | null
  readonly onOpen: (row: AuditRow) => void
}

/** Of looks at identities nobody needs to be told kind and act, and the reason is what is read. */
export function AuditTable({ looks, rows, opened, onOpen }: Props) {
  const { t } = useWords()
  return (
    <table className={css(lines.table, styles.table)} data-testid="audit">
      <thead>
        <tr>
          <th className={styles['column-at']}>{t('audit.at')}</th>
          <th className={styles['column-who']}>{t(looks ? 'audit.looker' : 'audit.who')}</th>
          {!looks && <th className={styles['column-subject']}>{t('audit.subject')}</th>}
          {!looks && <th className={styles['column-act']}>{t('audit.act')}</th>}
          <th className={styles['column-key']}>{t(looks ? 'audit.order' : 'audit.key')}</th>
          <th>{t('audit.why')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row
            key={`${row.subject} ${row.seq}`}
            row={row}
            looks={looks}
            isOpened={row.subject === opened?.subject && row.seq === opened.seq}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly row: AuditRow
  readonly looks: boolean
  readonly isOpened: boolean
  readonly onOpen: (row: AuditRow) => void
}

function Row({ row, looks, isOpened, onOpen }: RowProps) {
  const { t } = useWords()
  const actName = useActName()
  const { subject, seq, at, act, why } = row
  return (
    <tr aria-selected={isOpened} onClick={() => onOpen(row)} data-testid={`audit-${subject}-${seq}`}>
      <td>
        <button
          type="button"
          className={css(lines.number, styles.at)}
          aria-label={`${dayOf(Date.parse(at))} ${clock(at)}`}
          onClick={() => onOpen(row)}
        >
          {dayOf(Date.parse(at))} {clock(at)}
        </button>
      </td>
      <td>
        <Who row={row} />
      </td>
      {!looks && (
        <td>
          <Tag color={SUBJECT_COLOUR[subject]}>{t(`audit.subject.${subject}`)}</Tag>
        </td>
      )}
      {!looks && <td>{actName(act)}</td>}
      <td className={styles.key}>
        <Key row={row} />
      </td>
      <td className={styles.why}>{why}</td>
    </tr>
  )
}

export function Who({ row: { staffId, login, actorName } }: { readonly row: AuditRow }) {
  const { t } = useWords()
  if (staffId === null) {
    return (
      <span className={styles.service} title={actorName}>
        {t('audit.service')} <small>{actorName}</small>
      </span>
    )
  }
  return (
    <>
      {actorName} <small>{login}</small>
    </>
  )
}

/** An order leads to itself. */
export function Key({ row }: { readonly row: AuditRow }) {
  const keyName = useKeyName()
  if (row.orderId === null) return keyName(row)
  return (
    <a href={hashOf('orders', row.orderId)} onClick={event => event.stopPropagation()}>
      {keyName(row)}
    </a>
  )
}
