import { App, type FormInstance } from 'antd'
import { useEffect, useState } from 'react'
import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import { codeOf } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { differingFields, EMPTY_INPUT, inputOf } from './order-input.ts'
import type { UnsavedOrders } from './unsaved-orders.ts'
import { useWorkOrder, type Versioned } from './use-work-order.ts'

interface Conflict {
  readonly base: WorkOrderForm | null
  readonly mine: WorkOrderForm
  readonly theirs: Versioned
}

/** Between the form, this browser's memory and the service: what is dirty, saved, in conflict. */
export function useOrderInForm(
  orderId: string,
  callerNumber: string | null,
  unsaved: UnsavedOrders,
  form: FormInstance<WorkOrderForm>,
) {
  const { t } = useWords()
  const { message } = App.useApp()
  const { current, error, save, read } = useWorkOrder(orderId)
  const [found] = useState(() => unsaved.read(orderId))
  const [dirty, setDirty] = useState(found !== null)
  const [restored, setRestored] = useState(found !== null)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  // What the service holds is shown wherever the agent has written nothing of their own.
  useEffect(() => {
    if (current !== null && !dirty) form.setFieldsValue(inputOf(current.order))
  }, [current, dirty, form])

  const changed = () => {
    const input = { ...EMPTY_INPUT, ...form.getFieldsValue() }
    setDirty(true)
    unsaved.write(orderId, {
      input,
      etag: unsaved.read(orderId)?.etag ?? current?.etag ?? null,
      label: input.title || callerNumber || current?.order.number || t('calls.untitled'),
      at: Date.now(),
    })
  }
  /** The form may show another order by now: only what is kept in memory is looked at. */
  const settled = (input: WorkOrderForm, saved: Versioned) => {
    const kept = unsaved.read(orderId)
    const writtenMeanwhile = kept !== null && differingFields(kept.input, input).length > 0
    if (writtenMeanwhile) unsaved.write(orderId, { ...kept, etag: saved.etag })
    else unsaved.forget(orderId)
    setDirty(writtenMeanwhile)
    setRestored(false)
    setConflict(null)
  }
  const changedMeanwhile = (input: WorkOrderForm, etag: string, theirs: Versioned): Versioned | null => {
    const base = current?.etag === etag ? inputOf(current.order) : null
    if (differingFields(input, inputOf(theirs.order)).length > 0) {
      setConflict({ base, mine: input, theirs })
      return null
    }
    settled(input, theirs)
    return theirs
  }
  const put = async (input: WorkOrderForm, etag: string): Promise<Versioned | null> => {
    try {
      const saved = await save.mutateAsync({ input, etag })
      settled(input, saved)
      return saved
    } catch (problem) {
      if (codeOf(problem) !== 'changed-meanwhile') throw problem
      return changedMeanwhile(input, etag, await read())
    }
  }
  const complain = (problem: unknown) => {
    message.error(t(problemKey(problem)))
    return null
  }
  /** What is saved then; null when it could not be, which the agent has been told. */
  const saveForm = async (): Promise<Versioned | null> => {
    const etag = unsaved.read(orderId)?.etag ?? current?.etag
    if (etag === undefined) {
      message.warning(t('order.not-yet'))
      return null
    }
    const input = await form.validateFields().catch(() => null)
    if (input !== null) return await put(input, etag).catch(complain)
    const count = form.getFieldsError().filter(({ errors }) => errors.length > 0).length
    message.warning(t('order.incomplete', { count }))
    return null
  }

  return {
    current,
    error,
    dirty,
    restored,
    conflict,
    saving: save.isPending,
    initial: found?.input ?? EMPTY_INPUT,
    changed,
    save: save.isPending ? async () => null : saveForm,
    saveMerged: (input: WorkOrderForm, theirs: Versioned) => {
      form.setFieldsValue(input)
      changed()
      put(input, theirs.etag).catch(complain)
    },
    putOffConflict: () => setConflict(null),
    discard: () => {
      unsaved.forget(orderId)
      setRestored(false)
      setDirty(false) // The effect above then shows what the service holds.
    },
  }
}
