import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Suggestion } from '../../casework/dispatch/schema.ts'
import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import { post } from '../kit/api.ts'
import { useSettled } from '../kit/use-settled.ts'

const AFTER_MS = 300
/** Less than this tells nothing of where it belongs. */
const LEAST_TEXT = 6

/** To which units the order will likely go, as far as it is written; null until there is something to go by. */
export function useSuggestion(
  orderId: string,
  input: Partial<WorkOrderForm>,
  callerNumber: string | null,
): Suggestion | null {
  const { title = '', text = '', place = '', categoryCode = null } = input
  const asked = useSettled(JSON.stringify({ title, text, place, categoryCode }), AFTER_MS)
  const enough = categoryCode !== null || title.length + text.length >= LEAST_TEXT
  const { data } = useQuery({
    queryKey: ['dispatch', 'suggestion', orderId, asked, callerNumber],
    queryFn: () =>
      post<Suggestion>('/api/dispatch/suggestions', {
        ...JSON.parse(asked),
        orderId,
        ...(callerNumber ? { callerNumber } : {}),
      }),
    enabled: enough,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return enough ? (data ?? null) : null
}
