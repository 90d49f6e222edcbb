import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type {
  BindingCall,
  BindingList,
  BindingView,
  NewBinding,
  NewBindingForm,
  NewPin,
  StartedCall,
} from '../../casework/masking/schema.ts'
import { newKey } from '../cases/use-case.ts'
import { ask, get, getOrNull } from '../kit/api.ts'

/** While somebody talks, what is shown follows within this time; otherwise others' changes are seen by and by. */
const LIVE_MS = 1_000
const OFTEN_MS = 15_000

const keyOf = (order: string) => ['case', order, 'bindings']
const callsKey = (binding: string) => ['binding', binding, 'calls']
const pathOf = (binding: string) => `/api/bindings/${encodeURIComponent(binding)}`
const listPath = (order: string) => `/api/work-orders/${encodeURIComponent(order)}/bindings`

/** The bindings of an order; null: whoever asks has nothing to do with them. */
export function useBindings(order: string) {
  return useQuery({
    queryKey: keyOf(order),
    queryFn: () => getOrNull<BindingList>(listPath(order), 'not-found', 'not-allowed'),
    refetchInterval: query => (query.state.data?.items.some(soonOther) ? LIVE_MS : OFTEN_MS),
  })
}

/** In a call, or just asked of the carrier, which answers within seconds or has trouble. */
function soonOther({ inCall, state, carrier }: BindingView): boolean {
  return inCall || (state === 'waiting' && carrier?.state === 'binding' && carrier.problem === null)
}

/** Read anew every second while one is up, or until the one that was begun (`follow`) is there. */
export function useBindingCalls(
  binding: string,
  { live = false, follow = null }: { readonly live?: boolean; readonly follow?: string | null },
) {
  return useQuery({
    queryKey: callsKey(binding),
    queryFn: () => get<{ readonly items: readonly BindingCall[] }>(`${pathOf(binding)}/calls`),
    refetchInterval: ({ state }) => {
      const items = state.data?.items ?? []
      const running = items.some(({ stage }) => stage !== null)
      const awaited = follow !== null && items.every(({ call }) => call !== follow)
      return live || running || awaited ? LIVE_MS : OFTEN_MS
    },
  })
}

/** A call that is over stands on the timeline at once, and the next may begin. */
export function useRefreshOnceOver({ order }: BindingView, over: boolean): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['case', order.id] })
  }, [queries, order.id, over])
}

export type BindingAct =
  | { readonly act: 'extend'; readonly hours: number; readonly reason: string }
  | { readonly act: 'end'; readonly reason: string }

/** Done to the binding as it is shown. */
export function useBindingAct(binding: BindingView) {
  const refresh = useRefresh(binding)
  return useMutation({
    mutationFn: ({ act, ...body }: BindingAct) => change<BindingView>(binding, act, body),
    onSettled: refresh,
  })
}

/** A PIN comes back once, and is kept nowhere. */
export function useNewPin(binding: BindingView) {
  const refresh = useRefresh(binding)
  return useMutation({
    mutationFn: () => change<NewPin>(binding, 'pin', undefined),
    gcTime: 0,
    onSettled: refresh,
  })
}

async function change<Answer>({ id, version }: BindingView, act: string, body: unknown): Promise<Answer> {
  return (await ask<Answer>(`${pathOf(id)}/${act}`, { method: 'POST', body, ifMatch: `"${version}"` })).body
}

/** After a refusal as well: the binding is no longer what was looked at. */
function useRefresh({ id, order }: BindingView): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: callsKey(id) })
    await queries.invalidateQueries({ queryKey: ['case', order.id] })
  }
}

export function useNewBinding(order: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ form, key }: { readonly form: NewBindingForm; readonly key: string }) => {
      const request = { method: 'POST', body: form, idempotencyKey: key } as const
      return (await ask<NewBinding>(listPath(order), request)).body
    },
    gcTime: 0,
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', order] }),
  })
}

/** The unit's telephone rings first, then the citizen's. */
export function useCallNow(binding: BindingView) {
  const refresh = useRefresh(binding)
  return useMutation({
    mutationFn: async (phone: string) => {
      const request = { method: 'POST', body: { phone }, idempotencyKey: newKey() } as const
      return (await ask<StartedCall>(`${pathOf(binding.id)}/call`, request)).body.call
    },
    onSettled: refresh,
  })
}
