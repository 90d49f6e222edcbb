import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { NumberPage, PoolForm, PoolView } from '../../casework/masking/schema.ts'
import { ask, get, Problem } from '../kit/api.ts'

/** Numbers come and go with the orders. */
const OFTEN_MS = 15_000
const POOLS = '/api/number-pools'
const pathOf = (id: string) => `${POOLS}/${encodeURIComponent(id)}`

type Pools = { readonly items: readonly PoolView[] }

export function usePools() {
  return useQuery({
    queryKey: ['number-pools'],
    queryFn: () => get<Pools>(POOLS),
    refetchInterval: OFTEN_MS,
  })
}

export type NumberState = NumberPage['items'][number]['state']

export function useNumbers(pool: string, state: NumberState) {
  return useInfiniteQuery({
    queryKey: ['number-pools', pool, state],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ state })
      if (pageParam !== null) query.set('after', pageParam)
      return get<NumberPage>(`${pathOf(pool)}/numbers?${query}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    refetchInterval: OFTEN_MS,
  })
}

export async function addPool(form: PoolForm): Promise<PoolView> {
  return (await ask<PoolView>(POOLS, { method: 'POST', body: form })).body
}

export async function savePool(form: PoolForm, { id, version }: PoolView): Promise<PoolView> {
  return (await ask<PoolView>(pathOf(id), { method: 'PUT', body: form, ifMatch: `"${version}"` })).body
}

export async function readPool(id: string): Promise<PoolView> {
  const found = (await get<Pools>(POOLS)).items.find(pool => pool.id === id)
  if (found === undefined) throw new Problem('not-found', `pool ${id}`)
  return found
}
