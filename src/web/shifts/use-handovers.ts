import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type {
  HandoverForm,
  HandoverPage,
  HandoverView,
  Matter,
  NewHandoverForm,
  UnreadHandovers,
} from '../../people/handovers/schema.ts'
import type { ShiftView } from '../../people/shifts/schema.ts'
import { ask, get, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'

const EVERY_MS = 30_000

export function useHandoverList(cursor: string | null) {
  const query = cursor === null ? '' : `?cursor=${cursor}`
  return useQuery({
    queryKey: ['handovers', cursor],
    queryFn: () => get<HandoverPage>(`/api/handovers${query}`),
    refetchInterval: EVERY_MS,
  })
}

/** Figures, signatures and what another lead writes are read again and again. */
export function useHandover(id: number) {
  return useQuery({
    queryKey: ['handover', id],
    queryFn: () => get<HandoverView>(`/api/handovers/${id}`),
    refetchInterval: EVERY_MS,
  })
}

/** `asked` counts how often it was asked for: each time it is read anew. */
export function useUnreadHandovers(asked: number) {
  return useQuery({
    queryKey: ['my-handovers', asked],
    queryFn: () => get<UnreadHandovers>('/api/my-handovers'),
    gcTime: 0,
  })
}

export function useShiftKinds(): readonly ShiftView[] {
  const { data } = useQuery({
    queryKey: ['shifts'],
    queryFn: () => get<readonly ShiftView[]>('/api/shifts'),
    staleTime: 60_000,
  })
  return data ?? []
}

/** What is done to a note; the note is shown as the service has it afterwards. */
export function useHandoverActs() {
  const queries = useQueryClient()
  const { t } = useWords()
  const { message } = App.useApp()
  const onError = (error: Error) => message.error(t(problemKey(error)))
  const onSuccess = (note: HandoverView) => {
    queries.setQueryData(['handover', note.id], note)
    queries.invalidateQueries({ queryKey: ['handovers'] })
  }
  const begin = useMutation({
    mutationFn: (form: NewHandoverForm) => post<HandoverView>('/api/handovers', form),
    onSuccess,
    onError,
  })
  const save = useMutation({
    mutationFn: async ({ note, form }: { note: HandoverView; form: HandoverForm }) => {
      const request = { method: 'PUT', body: form, ifMatch: String(note.version) } as const
      return (await ask<HandoverView>(`/api/handovers/${note.id}`, request)).body
    },
    onSuccess,
    onError: (error, { note }) => {
      onError(error)
      // Saved by somebody else: what they wrote is shown for choice.
      queries.invalidateQueries({ queryKey: ['handover', note.id] })
    },
  })
  const publish = useMutation({
    mutationFn: async (note: HandoverView) => {
      const request = { method: 'POST', ifMatch: String(note.version) } as const
      return (await ask<HandoverView>(`/api/handovers/${note.id}/publish`, request)).body
    },
    onSuccess,
    onError,
  })
  const add = useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      post<HandoverView>(`/api/handovers/${id}/addenda`, { text }),
    onSuccess,
    onError,
  })
  const sign = useMutation({
    mutationFn: (id: number) => post<HandoverView>(`/api/handovers/${id}/sign`),
    onSuccess,
    onError,
  })
  const tick = useMutation({
    mutationFn: (matter: number) => post<Matter>(`/api/handovers/matters/${matter}/done`),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['handover'] })
      queries.invalidateQueries({ queryKey: ['handovers'] })
    },
    onError,
  })
  return { begin, save, publish, add, sign, tick }
}
