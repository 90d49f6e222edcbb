import type { UnitView } from '../../casework/units/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './unit.module.css'
import { formOf } from './unit-form.ts'
import { useContactHours, useUnitFields } from './use-unit-fields.ts'

/** A unit for whoever looks something up in it. */
export function UnitRead({ unit }: { readonly unit: UnitView }) {
  const { t } = useWords()
  const hoursText = useContactHours()
  const fields = useUnitFields().filter(({ field }) => field !== 'contacts' && field !== 'name')
  return (
    <div className={styles.columns}>
      <section className={styles.card}>
        <h2>{t('units.contacts')}</h2>
        {unit.contacts.length === 0 && <p className={styles.none}>{t('units.contacts.none')}</p>}
        <table className={styles.table}>
          <tbody>
            {unit.contacts.map(({ id, duty, name, phone, field, hours }) => (
              <tr key={id} className={css(unit.onDuty.includes(id) && styles.there)}>
                <td>{t(`units.duty.${duty}`)}</td>
                <th scope="row">{name}</th>
                <td className={styles.number}>{phone}</td>
                <td>{field}</td>
                <td className={styles.hoursText}>{hoursText(hours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className={styles.card}>
        <h2>{t('units.section.about')}</h2>
        <dl className={styles.facts}>
          {fields.map(({ field, label, show }) => (
            <div key={field}>
              <dt>{label}</dt>
              <dd>{show(formOf(unit))}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}
