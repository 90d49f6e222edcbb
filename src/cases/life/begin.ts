import type { WorkOrderId } from '#kernel/ids.ts'
import type { Order } from './order.ts'

/** An order as it begins: the draft behind an answered call, or a form from elsewhere. */
export function newOrder(
  id: WorkOrderId,
  versions: { readonly life: number; readonly limits: number },
): Order {
  return {
    id,
    lifeVersion: versions.life,
    limitsVersion: versions.limits,
    status: 'draft',
    type: null,
    priority: 'P3',
    secret: false,
    citizen: null,
    assignments: [],
    returnedBy: [],
    hold: null,
    extensionAsk: null,
    extensions: 0,
    supervision: 0,
    reworks: 0,
    callBackTries: [],
    grade: null,
    closing: null,
    closedAt: null,
    mergedInto: null,
    mergedFrom: null,
    overrideAsk: null,
    clocks: [],
  }
}
