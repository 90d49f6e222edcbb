import { Radio } from 'antd'
import { useState } from 'react'
import type { Related, RelatedOrder } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import { useDone } from './done.tsx'
import { OrderPicker } from './order-picker.tsx'
import { ReasonForm } from './reason-form.tsx'
import { useTying } from './use-related.ts'

interface Props {
  readonly id: string
  /** Null: to be chosen. */
  readonly order: RelatedOrder | null
  readonly related: Related
  readonly onClose: () => void
}

/** Ties another order to this one; one that is tied already is tied otherwise. */
export function TieForm({ id, order, related, onClose }: Props) {
  const { t } = useWords()
  const done = useDone()
  const tying = useTying(id)
  const [other, setOther] = useState<string | null>(order?.id ?? null)
  const [kind, setKind] = useState<'repeat' | 'near' | 'part'>('repeat')
  const send = async (reason: string) => {
    if (other === null) return
    const former = related.linked.find(one => one.id === other)?.link ?? null
    await tying(other, kind, reason)
    done(t('related.tied', { link: t(`related.tie.${kind}`) }), () =>
      tying(other, former, t('acts.undo.reason')),
    )
  }
  return (
    <ReasonForm
      title={order === null ? t('related.tie.which') : t('related.tie.this', { order: labelOf(order) })}
      ready={other !== null}
      send={send}
      onClose={onClose}
      testId="tie-form"
    >
      {order === null && <OrderPicker except={id} value={other} onChange={setOther} />}
      <Radio.Group
        optionType="button"
        size="small"
        value={kind}
        options={(['repeat', 'near', 'part'] as const).map(value => ({
          value,
          label: t(`related.tie.${value}`),
        }))}
        onChange={event => setKind(event.target.value)}
      />
    </ReasonForm>
  )
}

export function labelOf({ number, title }: RelatedOrder): string {
  return `${number} ${title}`
}
