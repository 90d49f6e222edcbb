import { useMutation } from '@tanstack/react-query'
import type { SeatView } from '../../floor/seats/schema.ts'
import { post } from '../kit/api.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import { isInCall, isOffered } from './desk-state.ts'
import { useKeys } from './use-keys.ts'

export interface CallControl {
  /** Undefined while there is nothing to answer here. */
  readonly answer: (() => void) | undefined
  readonly hangUp: (() => void) | undefined
  readonly hangingUp: boolean
}

/** Answering and hanging up, by button and by key: F2, F4. */
export function useCallControl(
  seat: SeatView,
  { state, softphone }: PhoneInUse,
  microphoneFailed: () => void,
  onError: (error: Error) => void,
): CallControl {
  const hangUpThere = useMutation({ mutationFn: () => post<void>('/api/my-seat/hang-up'), onError })
  const canAnswer = softphone !== null && state.call.name === 'ringing'
  const answer = canAnswer
    ? () => {
        softphone.answer().then(problem => {
          if (problem !== null) microphoneFailed()
        })
      }
    : undefined
  // The phone's own BYE is fastest; without its call or its socket the service hangs up for us.
  const throughPhone = softphone !== null && state.call.name === 'talking' && state.line.name === 'registered'
  const hangUp =
    isInCall(seat.state) && !isOffered(seat.state)
      ? () => (throughPhone ? softphone.hangUp() : hangUpThere.mutate())
      : undefined
  useKeys({ F2: answer, F4: hangUp })
  return { answer, hangUp, hangingUp: hangUpThere.isPending }
}
