import type { CaseView } from '../../casework/life/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import { get } from '../kit/api.ts'
import { actOf } from './act-form.ts'
import { EMPTY_ACT, type FormName } from './acts.ts'
import { newKey, sendAct } from './use-case.ts'

interface Dispatch {
  readonly lead: string
  readonly co: readonly string[]
  readonly reason: string
}

/** @returns what the service said where it did not send it: the part is there all the same */
export async function dispatchPart({ id, version }: WorkOrder, dispatch: Dispatch): Promise<unknown> {
  try {
    const form = actOf('dispatch', { ...EMPTY_ACT, ...dispatch })
    await sendAct(id, { form, version, key: newKey() })
    return null
  } catch (error) {
    return error
  }
}

/** A part opened by mistake: called back if it was sent, then made void. @throws Problem when it has gone on since */
export async function takeBackPart(id: string, reason: string): Promise<void> {
  let view = await get<CaseView>(`/api/work-orders/${encodeURIComponent(id)}/case`)
  const steps: readonly FormName[] = view.status === 'to-sign' ? ['recall', 'void'] : ['void']
  for (const step of steps) {
    const form = actOf(step, { ...EMPTY_ACT, reason })
    view = await sendAct(id, { form, version: view.version, key: newKey() })
  }
}
