import { useQuery } from '@tanstack/react-query'
import type { MySeat } from '../../floor/seats/schema.ts'
import { getOrNull } from '../kit/api.ts'
import { DESK } from './nav-entries.ts'
import { goTo, usePlace } from './place.ts'

const MY_SEAT = {
  queryKey: ['my-seat'],
  queryFn: () => getOrNull<MySeat>('/api/my-seat', 'no-seat', 'not-found'),
} as const

/** The seat that somebody has; the desk, which stays mounted, asks for it. */
export function useMySeatQuery() {
  return useQuery({
    ...MY_SEAT,
    refetchInterval: query => (query.state.status === 'error' ? 3_000 : false),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What is known of it, on another page: null where there is none, and where nobody has asked. */
export function useMySeat(): MySeat | null {
  return useQuery({ ...MY_SEAT, enabled: false }).data ?? null
}

const ORDER = 'order'

/** The desk with this work order in its form. */
export function goToOrder(id: string): void {
  goTo(DESK.path, ORDER, id)
}

/** The order that the address asks the desk to open: `#/desk/order/<id>`. */
export function useOrderAskedFor(): string | null {
  const { path, rest } = usePlace()
  return path === DESK.path && rest[0] === ORDER ? (rest[1] ?? null) : null
}
