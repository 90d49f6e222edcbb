import { Modal, Radio } from 'antd'
import { useState } from 'react'
import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { TextKey } from '../kit/texts.ts'
import styles from './order.module.css'
import { changedByMe, differingFields, type InputField, inputOf, merged } from './order-input.ts'
import { useCategories, useWorkOrderTypes } from './use-catalogues.ts'
import type { Versioned } from './use-work-order.ts'

interface Props {
  /** What both started from; null when that is not known any more. */
  readonly base: WorkOrderForm | null
  readonly mine: WorkOrderForm
  readonly theirs: Versioned
  readonly saving: boolean
  readonly onSave: (input: WorkOrderForm, theirs: Versioned) => void
  readonly onLater: () => void
}

const LABELS = {
  typeCode: 'order.type',
  categoryCode: 'order.category',
  title: 'order.heading',
  text: 'order.text',
  place: 'order.place',
  secret: 'order.secret',
} as const satisfies Record<InputField, TextKey>

/** Both texts side by side, and a choice for each part that differs: neither side's words are lost unseen. */
export function ConflictDialog({ base, mine, theirs, saving, onSave, onLater }: Props) {
  const { t } = useWords()
  const stored = inputOf(theirs.order)
  const fields = differingFields(mine, stored)
  const [kept, setKept] = useState<ReadonlySet<InputField>>(new Set(changedByMe(base, mine, fields)))
  const keep = (field: InputField, isMine: boolean) => {
    const next = new Set(kept)
    if (isMine) next.add(field)
    else next.delete(field)
    setKept(next)
  }
  return (
    <Modal
      open
      width={860}
      title={t('conflict.title')}
      okText={t('conflict.save')}
      cancelText={t('conflict.later')}
      confirmLoading={saving}
      onOk={() => onSave(merged(mine, stored, kept), theirs)}
      onCancel={onLater}
      okButtonProps={{ 'data-testid': 'conflict-save' }}
    >
      <p>{t('conflict.what')}</p>
      <table className={styles.conflict} data-testid="conflict">
        <thead>
          <tr>
            <th>{t('conflict.field')}</th>
            <th>{t('conflict.mine')}</th>
            <th>{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field} data-testid={`conflict-${field}`}>
              <th>{t(LABELS[field])}</th>
              {[mine, stored].map(side => (
                <td key={side === mine ? 'mine' : 'theirs'}>
                  <Radio
                    checked={kept.has(field) === (side === mine)}
                    onChange={() => keep(field, side === mine)}
                  >
                    <FieldText field={field} input={side} />
                  </Radio>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}

function FieldText({ field, input }: { readonly field: InputField; readonly input: WorkOrderForm }) {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  const categories = useCategories()
  const value = input[field]
  if (typeof value === 'boolean') return t(value ? 'yes-no.yes' : 'yes-no.no')
  if (value === null || value === '') return t('conflict.empty')
  const catalogue = field === 'typeCode' ? types : field === 'categoryCode' ? categories : []
  const entry = catalogue.find(known => known.code === value)
  return entry === undefined ? value : nameOf(entry)
}
