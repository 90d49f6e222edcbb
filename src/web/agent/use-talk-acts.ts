import { useMutation } from '@tanstack/react-query'
import type { TransferBody } from '../../floor/call-control/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import { post } from '../kit/api.ts'

/** What is asked of the service about the call, by the last part of its address. */
export type TalkAct =
  | { readonly act: 'hold' | 'resume' | 'redial' }
  | { readonly act: `transfer/${'swap' | 'merge' | 'complete' | 'cancel'}` }
  | { readonly act: 'mute'; readonly body: { readonly muted: boolean } }
  | { readonly act: 'digits'; readonly body: { readonly digits: string } }
  | { readonly act: 'auto-answer'; readonly body: { readonly on: boolean } }
  | { readonly act: 'dial'; readonly body: { readonly number: string; readonly missedCall?: number } }
  | { readonly act: 'transfer'; readonly body: TransferBody }

export interface TalkActs {
  readonly ask: (act: TalkAct, done?: () => void) => void
  /** The one that is under way. */
  readonly pending: TalkAct['act'] | null
}

/** One after another, in the order they were asked for: keys must not overtake each other. */
export function useTalkActs(onSeat: (seat: SeatView) => void, onError: (error: Error) => void): TalkActs {
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (asked: TalkAct) =>
      post<SeatView>(`/api/my-seat/${asked.act}`, 'body' in asked ? asked.body : undefined),
    scope: { id: 'talk' },
    onSuccess: onSeat,
    onError,
  })
  return {
    ask: (act, done) => mutate(act, done === undefined ? {} : { onSuccess: done }),
    pending: isPending ? variables.act : null,
  }
}
