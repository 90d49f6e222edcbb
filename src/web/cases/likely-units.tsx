import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Suggestion } from '../../casework/dispatch/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import styles from './acts.module.css'
import { ReasonText } from './reason-text.tsx'

interface Props {
  readonly form: WorkOrder
  readonly chosen: string | null
  readonly onChoose: (unit: string) => void
}

/** To which units such an order usually goes, each with its reason. */
export function LikelyUnits({ form, chosen, onChoose }: Props) {
  const { t } = useWords()
  const { title, text, place, categoryCode, areaCode, point, id } = form
  const { data } = useQuery({
    queryKey: ['dispatch', 'suggestion', id, form.version],
    queryFn: () =>
      post<Suggestion>('/api/dispatch/suggestions', {
        ...{ title, text, place, categoryCode, orderId: id },
        ...(areaCode === null ? {} : { areaCode }),
        ...(point === null ? {} : { point }),
      }),
  })
  if (data === undefined || data.units.length === 0) return null
  return (
    <div className={styles.likely} data-testid="likely-units">
      <span>{t('acts.suggested')}</span>
      {data.units.map(unit => (
        <Button
          key={unit.unit}
          size="small"
          type={unit.unit === chosen ? 'primary' : 'default'}
          onClick={() => onChoose(unit.unit)}
        >
          {unit.name}
          <small>
            <ReasonText reason={unit.reasons[0]} />
          </small>
        </Button>
      ))}
    </div>
  )
}
