import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { io } from 'socket.io-client'
import type { Notice, NoticePage } from '../../casework/notices/schema.ts'
import { get, post } from '../kit/api.ts'

interface Snapshot {
  readonly unread: number
  readonly cursor: number
  readonly missed: readonly Notice[]
}

const RECONNECT_MOST_MS = 3_000
/** What comes in one go, as after a reconnect, is read anew once. */
const TOGETHER_MS = 200

/**
 * How many notices are unread, as it stands; each new one is told once, and what is shown of its order is read anew.
 * @param onNew of those that came while the page was open
 */
export function useLiveNotices(onNew: (notice: Notice) => void): number {
  const queries = useQueryClient()
  const [unread, setUnread] = useState(0)
  const tell = useRef(onNew)
  tell.current = onNew
  useEffect(() => {
    let cursor: number | null = null
    const listen = () => {
      const told = new Set<number>()
      const socket = io('/cases', {
        auth: answer => answer({ cursor }),
        reconnectionDelay: 300,
        reconnectionDelayMax: RECONNECT_MOST_MS,
        transports: ['websocket', 'polling'],
      })
      let retry: ReturnType<typeof setTimeout> | undefined
      const again = () => {
        // Socket.IO does not come back by itself after the service has refused or dropped it.
        if (socket.active) return
        clearTimeout(retry)
        retry = setTimeout(() => socket.connect(), RECONNECT_MOST_MS)
      }
      const pages = readTogether(queries)
      const hear = (notice: Notice) => {
        cursor = Math.max(cursor ?? 0, notice.id)
        // After a reconnect some are told twice.
        if (told.has(notice.id)) return false
        told.add(notice.id)
        tell.current(notice)
        pages.readAnew(notice.orderId)
        return true
      }
      socket.on('connect_error', again)
      socket.on('disconnect', again)
      socket.on('snapshot', (now: Snapshot) => {
        for (const notice of now.missed) hear(notice)
        // Beside what it was told of, other things have happened while it was away.
        if (cursor !== null) pages.readAnew(null)
        cursor = now.cursor
        setUnread(now.unread)
      })
      socket.on('notice', (notice: Notice) => {
        if (hear(notice)) setUnread(count => count + 1)
      })
      socket.on('unread', setUnread)
      return () => {
        // Left on purpose, it must not be taken for one that has to come back.
        socket.off()
        clearTimeout(retry)
        pages.stop()
        socket.disconnect()
      }
    }
    let close = () => {}
    // A page that is gone again at once, as React tries out in development, opens none.
    const opening = setTimeout(() => {
      close = listen()
    })
    return () => {
      clearTimeout(opening)
      close()
    }
  }, [queries])
  return unread
}

/** Lists, and what is shown of the orders that were told of, are read anew: once for all that came together. */
function readTogether(queries: QueryClient) {
  const orders = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = () => {
    timer = undefined
    const keys = [['notices'], ['orders'], ...[...orders].map(id => ['case', id])]
    orders.clear()
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
  }
  return {
    readAnew(order: string | null) {
      if (order !== null) orders.add(order)
      timer ??= setTimeout(read, TOGETHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

export function useNotices(open: boolean) {
  return useInfiniteQuery({
    queryKey: ['notices'],
    queryFn: ({ pageParam }) =>
      get<NoticePage>(`/api/notices${pageParam === '' ? '' : `?before=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled: open,
  })
}

export function useReading() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['notices'] })
  const one = useMutation({ mutationFn: (id: number) => post(`/api/notices/${id}/read`), onSettled })
  const all = useMutation({
    mutationFn: (upTo: number) => post('/api/notices/read-all', { upTo }),
    onSettled,
  })
  return { one, all }
}

export function noticesIn(data: InfiniteData<NoticePage> | undefined): readonly Notice[] {
  return data?.pages.flatMap(page => page.items) ?? []
}
