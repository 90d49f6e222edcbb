import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useEffect, useState } from 'react'
import type { SuggestedUnit } from '../../casework/dispatch/schema.ts'
import { newKey, sendAct } from '../cases/use-case.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import type { Versioned } from './use-work-order.ts'

/** How long an order sent by key can be called back by one click. */
const UNDO_MS = 30_000

interface Sent {
  readonly name: string
  /** To call it back by. */
  readonly version: number
  readonly mayUndo: boolean
}

/**
 * Saves the order and sends it to a unit; the co-units of the rule go with its own lead.
 * @param save what is saved then; null when it could not be
 */
export function useQuickDispatch(orderId: string, save: () => Promise<Versioned | null>) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [sent, setSent] = useState<Sent | null>(null)
  const onError = (error: Error) => message.error(t(problemKey(error)))
  const onSettled = () => {
    for (const queryKey of [['work-order', orderId], ['case', orderId], ['orders'], ['calls']]) {
      void queries.invalidateQueries({ queryKey })
    }
  }
  const dispatch = useMutation({
    mutationFn: async ({ unit, others }: { unit: SuggestedUnit; others: readonly SuggestedUnit[] }) => {
      const saved = await save()
      if (saved === null) return null
      const form = { do: 'dispatch', to: assignees(unit, others), reason: t('quick.reason') }
      const view = await sendAct(orderId, { form, version: saved.order.version, key: newKey() })
      return { name: unit.name, version: view.version, mayUndo: true }
    },
    onSuccess: setSent,
    onError,
    onSettled,
  })
  const recall = useMutation({
    mutationFn: (version: number) =>
      sendAct(orderId, { form: { do: 'recall', reason: t('quick.undo.reason') }, version, key: newKey() }),
    onSuccess: () => setSent(null),
    onError,
    onSettled,
  })
  useEffect(() => {
    if (sent === null || !sent.mayUndo) return
    const timer = setTimeout(() => setSent({ ...sent, mayUndo: false }), UNDO_MS)
    return () => clearTimeout(timer)
  }, [sent])
  return {
    sent,
    busy: dispatch.isPending || recall.isPending,
    send: (unit: SuggestedUnit, others: readonly SuggestedUnit[]) => dispatch.mutate({ unit, others }),
    undo: () => sent !== null && recall.mutate(sent.version),
  }
}

function assignees(unit: SuggestedUnit, others: readonly SuggestedUnit[]): readonly object[] {
  const lead = { unit: unit.unit, role: 'lead', person: unit.person }
  if (unit.role !== 'lead') return [lead]
  const co = others.filter(({ role }) => role === 'co')
  return [lead, ...co.map(one => ({ unit: one.unit, role: 'co', person: one.person }))]
}
