import { Skeleton } from 'antd'
import { useMemo } from 'react'
import type { CaseView } from '../../casework/life/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { categoryAreas } from '../agent/order-input.ts'
import { useCategories } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goToOrder, useMySeat } from '../shell/my-seat.ts'
import { hashOf } from '../shell/place.ts'
import { Caller } from './caller.tsx'
import frame from './case.module.css'
import styles from './case-text.module.css'

interface Props {
  readonly view: CaseView
  readonly form: WorkOrder | null
  readonly me: Me
}

/** What the citizen asks for, and where. */
export function CaseText({ view, form, me }: Props) {
  const { t } = useWords()
  const now = useNow(false)
  const category = useCategoryPath(form?.categoryCode ?? null)
  const mySeat = useMySeat()
  if (form === null) return <Skeleton active className={frame.part ?? ''} />
  return (
    <section className={frame.part} data-testid="case-text">
      <h3>
        {t('case.text')}
        {mySeat !== null && ['draft', 'to-dispatch'].includes(view.status) && (
          <button type="button" className={frame.link} onClick={() => goToOrder(view.id)}>
            {t('case.edit')}
          </button>
        )}
      </h3>
      <p className={styles.words}>{form.text || '—'}</p>
      <dl className={styles.facts}>
        {form.place !== '' && (
          <div>
            <dt>{t('order.place')}</dt>
            <dd>{form.place}</dd>
          </div>
        )}
        {category !== null && (
          <div>
            <dt>{t('order.category')}</dt>
            <dd>{category}</dd>
          </div>
        )}
        <div>
          <dt>{t('case.caller')}</dt>
          <dd>
            <Caller order={form} me={me} />
            <small>{t('case.opened', { time: dateAndTime(form.openedAt, now) })}</small>
          </dd>
        </div>
        {view.merged.length > 0 && (
          <div>
            <dt>{t('case.merged-from')}</dt>
            <dd>
              {view.merged.map(({ id, number }) => (
                <a key={id} href={hashOf('orders', id)}>
                  {number}
                </a>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

function useCategoryPath(code: string | null): string | null {
  const categories = useCategories()
  return useMemo(() => {
    const items = categoryAreas(categories).flatMap(area => area.options)
    return items.find(({ value }) => value === code)?.path ?? code
  }, [categories, code])
}
