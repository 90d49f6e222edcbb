import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { DirectoryEntry } from '../../floor/directory/schema.ts'
import type { LineView } from '../../floor/lines/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import type { SeatRow } from '../../floor/seats/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import {
  entryRows,
  lineRows,
  matching,
  outsideRows,
  queueRows,
  seatRows,
  type Tab,
  type TargetRow,
} from './transfer-rows.ts'

/** Who is free changes by the second. */
const SEATS_EVERY_MS = 2_000
/** Lists that people edit now and then. */
const FRESH_FOR_MS = 60_000

export interface Targets {
  readonly rows: readonly TargetRow[]
  readonly loading: boolean
  readonly failed: boolean
}

/** What the tab lists, as far as it fits what was typed. */
export function useTargets(tab: Tab, search: string, ownSeat: string): Targets {
  const { nameOf } = useWords()
  const queueName = useQueueNames()
  const list = { staleTime: FRESH_FOR_MS }
  const seats = useQuery({
    queryKey: ['seats'],
    queryFn: () => get<readonly SeatRow[]>('/api/seats'),
    refetchInterval: SEATS_EVERY_MS,
    enabled: tab === 'seat',
  })
  const queues = useQueues(tab === 'queue')
  const lines = useQuery({
    queryKey: ['lines'],
    queryFn: () => get<readonly LineView[]>('/api/lines'),
    enabled: tab === 'line',
    ...list,
  })
  const entries = useQuery({
    queryKey: ['directory'],
    queryFn: () => get<readonly DirectoryEntry[]>('/api/directory'),
    enabled: tab === 'entry',
    ...list,
  })
  switch (tab) {
    case 'seat':
      return shown(seats, data => seatRows(data, ownSeat))
    case 'queue':
      return shown(queues, data => queueRows(data, nameOf))
    case 'line':
      return shown(lines, data => lineRows(data, queueName))
    case 'entry':
      return shown(entries, data => entryRows(data, queueName))
    case 'outside':
      return { rows: outsideRows(search), loading: false, failed: false }
  }

  function shown<Data>(
    query: { readonly data: Data | undefined; readonly isPending: boolean; readonly isError: boolean },
    rowsOf: (data: Data) => readonly TargetRow[],
  ): Targets {
    const rows = query.data === undefined ? [] : matching(rowsOf(query.data), search)
    return { rows, loading: query.isPending, failed: query.isError }
  }
}

/** What people call a queue; its id until that is known. */
export function useQueueNames(): (id: string) => string {
  const { nameOf } = useWords()
  const { data } = useQueues(true)
  return useCallback(
    (id: string) => {
      const queue = data?.find(known => known.id === id)
      return queue === undefined ? id : nameOf(queue)
    },
    [data, nameOf],
  )
}

function useQueues(enabled: boolean) {
  return useQuery({
    queryKey: ['queues'],
    queryFn: () => get<readonly QueueView[]>('/api/queues'),
    staleTime: FRESH_FOR_MS,
    enabled,
  })
}
