import { PhoneOutlined } from '@ant-design/icons'
import type { UnitView } from '../../casework/units/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import styles from './unit.module.css'
import type { DUTIES } from './unit-form.ts'

/** Whom to call at this moment: handlers first, the leader last. */
const CALLED = [
  'handler',
  'liaison',
  'mediator',
  'expert',
  'leader',
] as const satisfies (typeof DUTIES)[number][]

/** The unit's numbers and the people at hand now, as the service has them by the city's calendar. */
export function DutyNow({ unit }: { readonly unit: UnitView }) {
  const { t } = useWords()
  const people = unit.contacts
    .filter(({ id }) => unit.onDuty.includes(id))
    .toSorted((one, other) => CALLED.indexOf(one.duty) - CALLED.indexOf(other.duty))
  return (
    <section
      className={css(styles.dutyNow, people.length === 0 && styles.empty)}
      aria-label={t('units.duty-now')}
      data-testid="duty-now"
    >
      <dl className={styles.unitPhone}>
        <dt>{t('units.phones')}</dt>
        {unit.phones.length === 0 && <dd>{t('units.phones.none')}</dd>}
        {unit.phones.map(phone => (
          <dd key={phone} className={styles.number}>
            {phone}
          </dd>
        ))}
      </dl>
      <div className={styles.people}>
        <h3>{t('units.duty-now')}</h3>
        {people.length === 0 ? (
          <p className={styles.nobody}>{t('units.duty-now.none')}</p>
        ) : (
          <ul>
            {people.map(person => (
              <li key={person.id}>
                <span>
                  <b>{person.name}</b>
                  <small className={styles.what}>
                    {t(`units.duty.${person.duty}`)}
                    {person.field !== null && ` · ${person.field}`}
                  </small>
                </span>
                {person.phone !== null && (
                  <em className={styles.number}>
                    <PhoneOutlined /> {person.phone}
                  </em>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
