import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import type { ActTaken } from '../../floor/supervision/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { DESK } from '../shell/nav-entries.ts'
import { goTo } from '../shell/place.ts'
import type { WatchAct } from './watching.ts'

export interface WatchControl {
  readonly act: (seat: string, act: WatchAct) => void
  /** Out of the talk: the own phone is hung up. */
  readonly leave: () => void
  readonly pending: WatchAct | 'leave' | null
}

/** Whoever has taken a call over has a work order to write: that is at the desk. */
export function useWatch(): WatchControl {
  const { t } = useWords()
  const { message } = App.useApp()
  const onError = (error: Error) => void message.error(t(problemKey(error)))
  const acting = useMutation({
    mutationFn: ({ seat, act }: { readonly seat: string; readonly act: WatchAct }) =>
      post<ActTaken>(`/api/floor/seats/${seat}/${act}`),
    onSuccess: (_taken, { act }) => {
      if (act === 'take-over') goTo(DESK.path)
    },
    onError,
  })
  const leaving = useMutation({ mutationFn: () => post<void>('/api/my-seat/hang-up'), onError })
  return {
    act: (seat, act) => acting.mutate({ seat, act }),
    leave: () => leaving.mutate(),
    pending: leaving.isPending ? 'leave' : acting.isPending ? acting.variables.act : null,
  }
}
