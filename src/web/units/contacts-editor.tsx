import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Segmented, Select } from 'antd'
import type { UnitForm } from '../../casework/units/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { HoursEditor } from '../lines/hours-editor.tsx'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, problemWithin } from '../settings/fields.ts'
import { isSame } from '../settings/merge.ts'
import styles from './unit.module.css'
import {
  BLANK_CONTACT,
  type Contact,
  DUTIES,
  type Hours,
  hasField,
  WHOLE_WEEK,
  withDuty,
} from './unit-form.ts'
import { useContactHours } from './use-unit-fields.ts'

interface Props {
  readonly contacts: UnitForm['contacts']
  /** Contacts at hand now, by id. */
  readonly onDuty: readonly string[]
  readonly problems: FieldProblems
  readonly onChange: (contacts: UnitForm['contacts']) => void
}

export function ContactsEditor({ contacts, onDuty, problems, onChange }: Props) {
  const { t } = useWords()
  const put = (index: number, contact: Contact) =>
    onChange(contacts.map((one, at) => (at === index ? contact : one)))
  return (
    <section className={styles.card} data-testid="contacts">
      <h2>{t('units.contacts')}</h2>
      {contacts.length === 0 ? (
        <p className={styles.none}>{t('units.contacts.none')}</p>
      ) : (
        <div className={styles.contacts}>
          <header>
            <span>{t('units.contact.duty')}</span>
            <span>{t('units.contact.name')}</span>
            <span>{t('units.contact.phone')}</span>
            <span>{t('units.contact.field')}</span>
            <span>{t('units.contact.hours')}</span>
          </header>
          {contacts.map((contact, index) => (
            <ContactRow
              // biome-ignore lint/suspicious/noArrayIndexKey: somebody new has no id yet; the service names them by place
              key={index}
              contact={contact}
              at={`contacts.${index}`}
              isOnDuty={contact.id !== undefined && onDuty.includes(contact.id)}
              problems={problems}
              onChange={changed => put(index, changed)}
              onRemove={() => onChange(contacts.filter((_, at) => at !== index))}
            />
          ))}
        </div>
      )}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange([...contacts, BLANK_CONTACT])}
        data-testid="contact-add"
      >
        {t('units.contact.add')}
      </Button>
    </section>
  )
}

interface RowProps {
  readonly contact: Contact
  /** The field that the service names this contact by. */
  readonly at: string
  readonly isOnDuty: boolean
  readonly problems: FieldProblems
  readonly onChange: (contact: Contact) => void
  readonly onRemove: () => void
}

function ContactRow({ contact, at, isOnDuty, problems, onChange, onRemove }: RowProps) {
  const { t } = useWords()
  const wrong = (field: string) => problemWithin(problems, `${at}.${field}`)
  const said = ['id', 'duty', 'name', 'phone', 'field', 'staff', 'hours'].flatMap(field => {
    const problem = wrong(field)
    return problem === undefined ? [] : [{ field, problem }]
  })
  return (
    <div className={css(styles.contact, isOnDuty && styles.there)} data-testid={at}>
      <Select
        value={contact.duty}
        onChange={duty => onChange(withDuty(contact, duty))}
        options={DUTIES.map(value => ({ value, label: t(`units.duty.${value}`) }))}
        aria-label={t('units.contact.duty')}
      />
      <Input
        value={contact.name}
        status={wrong('name') === undefined ? '' : 'error'}
        onChange={event => onChange({ ...contact, name: event.target.value })}
        aria-label={t('units.contact.name')}
      />
      <Input
        value={contact.phone ?? ''}
        status={wrong('phone') === undefined ? '' : 'error'}
        onChange={event => onChange({ ...contact, phone: event.target.value.trim() || null })}
        aria-label={t('units.contact.phone')}
      />
      {hasField(contact.duty) ? (
        <Input
          value={contact.field ?? ''}
          status={wrong('field') === undefined ? '' : 'error'}
          placeholder={t('units.contact.field.what')}
          onChange={event => onChange({ ...contact, field: event.target.value || null })}
          aria-label={t('units.contact.field')}
        />
      ) : (
        <span className={styles.dash}>—</span>
      )}
      <ContactHours
        hours={contact.hours}
        at={`${at}.hours`}
        problems={problems}
        onChange={hours => onChange({ ...contact, hours })}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        onClick={onRemove}
        aria-label={t('units.contact.remove', { name: contact.name })}
      />
      {said.map(({ field, problem }) => (
        <Wrong key={field} problem={problem} />
      ))}
    </div>
  )
}

interface HoursProps {
  readonly hours: Hours
  readonly at: string
  readonly problems: FieldProblems
  readonly onChange: (hours: Hours) => void
}

/** Whenever the unit is, or at hours of one's own: in a line, and in full once it is opened. */
function ContactHours({ hours, at, problems, onChange }: HoursProps) {
  const { t } = useWords()
  const text = useContactHours()(hours)
  const always = isSame(hours, WHOLE_WEEK)
  return (
    <Popover
      trigger="click"
      placement="leftTop"
      content={
        <div className={styles.ownHours}>
          <Segmented
            value={hours === null ? 'unit' : 'own'}
            onChange={chosen => onChange(chosen === 'unit' ? null : WHOLE_WEEK)}
            options={[
              { value: 'unit', label: t('units.contact.hours.own') },
              { value: 'own', label: t('units.contact.hours.self') },
            ]}
          />
          {hours !== null && (
            <HoursEditor
              label={t('units.contact.hours')}
              field={at}
              hours={always ? null : hours}
              problems={problems}
              onChange={own => onChange(own ?? WHOLE_WEEK)}
            />
          )}
        </div>
      }
    >
      <button type="button" className={styles.hoursButton} title={text}>
        {text}
      </button>
    </Popover>
  )
}
