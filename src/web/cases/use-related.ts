import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { LinkedOrder, Related, RelatedOrder } from '../../casework/relations/schema.ts'
import { ask, get, post } from '../kit/api.ts'

export type Link = LinkedOrder['link']

/** Seldom enough that looking alike is no burden. */
const OFTEN_MS = 60_000

/** Orders beside this one: of the same citizen, near and alike, tied to it, merged into it. */
export function useRelated(id: string) {
  return useQuery({
    queryKey: ['case', id, 'related'],
    queryFn: () => get<Related>(`/api/work-orders/${encodeURIComponent(id)}/related`),
    refetchInterval: OFTEN_MS,
  })
}

/** Those that somebody may mean by "the other one": tied, of the same citizen, near and alike; each once. */
export function likelyOthers({ linked, citizen, similar }: Related): readonly RelatedOrder[] {
  return [...new Map([...similar, ...citizen, ...linked].map(order => [order.id, order])).values()]
}

/** All of them. */
export function besides(related: Related): readonly RelatedOrder[] {
  const { merged, mergedInto } = related
  return [...likelyOthers(related), ...merged, ...(mergedInto === null ? [] : [mergedInto])]
}

/** Ties the other order to this one as `link` says of it, or unties it; both show it at once. */
export function useTying(id: string) {
  const queries = useQueryClient()
  return async (other: string, link: Link | null, reason: string): Promise<void> => {
    if (link === null) await post(`${linkPath(id, other)}/untie`, { reason })
    else if (link === 'parent') await put(linkPath(other, id), { kind: 'part', reason })
    else await put(linkPath(id, other), { kind: link, reason })
    for (const order of [id, other]) await queries.invalidateQueries({ queryKey: ['case', order] })
  }
}

async function put(path: string, body: object): Promise<void> {
  await ask(path, { method: 'PUT', body })
}

function linkPath(id: string, other: string): string {
  return `/api/work-orders/${encodeURIComponent(id)}/links/${encodeURIComponent(other)}`
}
