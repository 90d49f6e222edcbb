import { Drawer, Tag } from 'antd'
import type { AuditRow } from '../../casework/audit/schema.ts'
import { Copyable } from '../kit/copyable.tsx'
import { useWords } from '../kit/language.tsx'
import { clock, dayOf } from '../kit/time.ts'
import shared from '../settings/settings.module.css'
import styles from './audit.module.css'
import { Key, SUBJECT_COLOUR, Who } from './audit-table.tsx'
import { useActName, useDetailParts } from './audit-words.ts'

interface Props {
  /** Null: none is open. */
  readonly entry: AuditRow | null
  readonly onClose: () => void
}

/** One entry whole: what was before and after, and the hash that it stands in the chain by. */
export function EntryDrawer({ entry, onClose }: Props) {
  const actName = useActName()
  return (
    <Drawer
      open={entry !== null}
      onClose={onClose}
      size={560}
      mask={false}
      getContainer={false}
      rootStyle={{ position: 'absolute' }}
      destroyOnHidden
      title={entry !== null && actName(entry.act)}
      data-testid="audit-entry"
    >
      {entry !== null && <Entry entry={entry} />}
    </Drawer>
  )
}

function Entry({ entry }: { readonly entry: AuditRow }) {
  const { t } = useWords()
  const { changed, others } = useDetailParts()(entry.detail)
  const subject = t(`audit.subject.${entry.subject}`)
  return (
    <div className={styles.entry}>
      <dl>
        <dt>{t('audit.subject')}</dt>
        <dd>
          <Tag color={SUBJECT_COLOUR[entry.subject]}>{subject}</Tag>
          <span className={shared.quiet}>{t('audit.entry', { subject, seq: entry.seq })}</span>
        </dd>
        <dt>{t('audit.at')}</dt>
        <dd>
          {dayOf(Date.parse(entry.at))} {clock(entry.at)}
        </dd>
        <dt>{t('audit.who')}</dt>
        <dd>
          <Who row={entry} />
        </dd>
        <dt>{t('audit.key')}</dt>
        <dd>
          <Key row={entry} />
        </dd>
        <dt>{t('audit.why')}</dt>
        <dd>{entry.why || <span className={shared.quiet}>{t('audit.why.none')}</span>}</dd>
        {others.map(({ name, label, value }) => (
          <Part key={name} label={label} value={value} />
        ))}
      </dl>
      {changed.length > 0 && (
        <table className={styles.sides} data-testid="audit-sides">
          <thead>
            <tr>
              <th>{t('audit.field')}</th>
              <th>{t('audit.before')}</th>
              <th>{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ name, label, before, after }) => (
              <tr key={name}>
                <th>{label}</th>
                <td>{before !== null && <del>{before}</del>}</td>
                <td>{after !== null && <ins>{after}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{t('audit.hash')}</h3>
      <Copyable text={entry.hash} />
    </div>
  )
}

function Part({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
