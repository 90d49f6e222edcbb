import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type {
  CheckAnswer,
  Drawing,
  LineTreeView,
  ProblemView,
  RecordingView,
  TreeSummary,
  TreeView,
  VersionView,
} from '../../floor/ivr/schema.ts'
import type { LineView } from '../../floor/lines/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import { get, post } from '../kit/api.ts'

/** Each card asks for the same lists: once in this time is enough. */
const FRESH_MS = 30_000

/** What the service holds, for the editor. Others edit too: what is shown is asked for anew when it is opened. */
export function useTrees() {
  return useQuery({ queryKey: ['ivr', 'trees'], queryFn: () => get<TreeSummary[]>('/api/ivr') })
}

export function useTree(id: string | null) {
  return useQuery({
    queryKey: ['ivr', 'tree', id],
    queryFn: () => get<TreeView>(`/api/ivr/${id}`),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

export function useVersions(id: string, open: boolean) {
  return useQuery({
    queryKey: ['ivr', 'versions', id],
    queryFn: () => get<VersionView[]>(`/api/ivr/${id}/versions`),
    enabled: open,
  })
}

export function useLineTrees(open: boolean) {
  return useQuery({
    queryKey: ['ivr', 'lines'],
    queryFn: () => get<LineTreeView[]>('/api/ivr/lines'),
    enabled: open,
  })
}

export function useRecordings() {
  return useQuery({
    queryKey: ['ivr', 'recordings'],
    queryFn: () => get<RecordingView[]>('/api/ivr/recordings'),
    staleTime: FRESH_MS,
  })
}

/** What a node may lead to outside the tree. */
export function usePlaces() {
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: () => get<QueueView[]>('/api/queues'),
    staleTime: FRESH_MS,
  })
  const lines = useQuery({
    queryKey: ['lines'],
    queryFn: () => get<LineView[]>('/api/lines'),
    staleTime: FRESH_MS,
  })
  return { queues: queues.data ?? [], lines: (lines.data ?? []).filter(({ active }) => active) }
}

const CHECK_AFTER_MS = 250

/** The service's check of the drawing as it stands, a moment after the last change. */
export function useCheck(drawing: Drawing) {
  const [settled, setSettled] = useState(drawing)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(drawing), CHECK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [drawing])
  const check = useQuery({
    queryKey: ['ivr', 'check', settled],
    queryFn: () => post<CheckAnswer>('/api/ivr/check', settled),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const problems: readonly ProblemView[] = check.data?.problems ?? []
  const state = check.isError ? 'unknown' : check.data === undefined ? 'checking' : 'checked'
  return { problems, state } as const
}
