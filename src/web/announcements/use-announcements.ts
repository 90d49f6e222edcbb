import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  AnnouncementForm,
  AnnouncementPage,
  AnnouncementView,
} from '../../floor/announcements/schema.ts'
import { get, post } from '../kit/api.ts'

const KEY = ['announcements']
/** Who has read what is seen to grow. */
const REFRESH_EVERY_MS = 5_000

export function useAnnouncements() {
  const pages = useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      get<AnnouncementPage>(`/api/announcements${pageParam === '' ? '' : `?before=${pageParam}`}`),
    getNextPageParam: page => page.next,
    refetchInterval: REFRESH_EVERY_MS,
  })
  return { ...pages, items: pages.data?.pages.flatMap(page => page.items) ?? [] }
}

export function useAnnounce() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (form: AnnouncementForm) => post<AnnouncementView>('/api/announcements', form),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}

export function useWithdraw() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => post(`/api/announcements/${id}/withdraw`),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}
