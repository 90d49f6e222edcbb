import { Tag } from 'antd'
import type { AssignmentState } from '../../cases/life/order.ts'
import type { CaseView } from '../../casework/life/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import frame from './case.module.css'
import styles from './case-units.module.css'
import marks from './marks.module.css'

const COLOUR: Readonly<Record<AssignmentState, string>> = {
  'to-sign': 'warning',
  working: 'processing',
  'passed-down': 'processing',
  'return-asked': 'error',
  returned: 'default',
  answered: 'success',
  withdrawn: 'default',
}
const OVER: ReadonlySet<AssignmentState> = new Set(['returned', 'withdrawn'])

/** Who has a part in it, the lead first, and how far each has come. */
export function CaseUnits({ view }: { readonly view: CaseView }) {
  const { t } = useWords()
  const parts = [...view.assignments].sort((a, b) => rank(a) - rank(b))
  return (
    <section className={frame.part} data-testid="case-units">
      <h3>{t('case.units')}</h3>
      {parts.length === 0 && <p className={frame.quiet}>{t('case.units.none')}</p>}
      <ul className={styles.units}>
        {parts.map(part => (
          <Part key={`${part.unit} ${part.assignedAt}`} part={part} />
        ))}
      </ul>
    </section>
  )
}

/** Neither returned nor taken back: they have, or have had, their part. */
export function standingParts({ assignments }: CaseView): CaseView['assignments'] {
  return assignments.filter(({ state }) => !OVER.has(state))
}

function rank({ state, role }: CaseView['assignments'][number]): number {
  return (OVER.has(state) ? 2 : 0) + (role === 'lead' ? 0 : 1)
}

function Part({ part }: { readonly part: CaseView['assignments'][number] }) {
  const { t } = useWords()
  const now = useNow(false)
  const steps = [
    ['case.since', part.assignedAt],
    ['case.signed', part.signedAt],
    ['case.contacted', part.contactedAt],
    ['case.answered', part.answeredAt],
  ] as const
  return (
    <li
      className={css(OVER.has(part.state) && frame.past)}
      data-testid={`part-${part.unit}`}
      data-state={part.state}
    >
      <i className={styles.role} data-role={part.role}>
        {t(`case.role.${part.role}`)}
      </i>
      <b>{part.unitName}</b>
      {part.binding && <Tag className={marks.tag ?? ''}>{t('case.binding')}</Tag>}
      <Tag color={COLOUR[part.state]} className={marks.tag ?? ''}>
        {t(`case.part.${part.state}`)}
      </Tag>
      <small>
        {steps
          .flatMap(([key, at]) => (at === null ? [] : [t(key, { time: dateAndTime(at, now) })]))
          .join(' · ')}
        {part.person !== null && ` · ${t('case.person', { name: part.person })}`}
      </small>
    </li>
  )
}
