import type { Related, RelatedOrder } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import { useDone } from './done.tsx'
import { ReasonForm } from './reason-form.tsx'
import { labelOf } from './tie-form.tsx'
import { useTying } from './use-related.ts'

interface Props {
  readonly id: string
  readonly order: RelatedOrder
  readonly related: Related
  readonly onClose: () => void
}

export function UntieForm({ id, order, related, onClose }: Props) {
  const { t } = useWords()
  const done = useDone()
  const tying = useTying(id)
  const send = async (reason: string) => {
    const former = related.linked.find(one => one.id === order.id)?.link ?? null
    await tying(order.id, null, reason)
    done(t('related.untied', { number: order.number }), () => tying(order.id, former, t('acts.undo.reason')))
  }
  return (
    <ReasonForm
      title={t('related.untie.this', { order: labelOf(order) })}
      ready
      send={send}
      onClose={onClose}
      testId="untie-form"
    />
  )
}
