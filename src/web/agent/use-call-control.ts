import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { SeatView } from '../../floor/seats/schema.ts'
import { post } from '../kit/api.ts'
import { isPickedUp } from '../kit/seat-states.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import { announce } from './ring-tone.ts'
import { useKeys } from './use-keys.ts'

export interface CallControl {
  /** Undefined while there is nothing to answer here. */
  readonly answer: (() => void) | undefined
  readonly hangUp: (() => void) | undefined
  readonly hangingUp: boolean
}

interface Asked {
  /** The call that is to be picked up here, as somebody asked the service. */
  readonly answer: string | null
  readonly microphoneFailed: () => void
  readonly onError: (error: Error) => void
}

/** Answering and hanging up, by button, by key (F2, F4) and by itself where the call asks for it. */
export function useCallControl(seat: SeatView, { state, softphone }: PhoneInUse, asked: Asked): CallControl {
  const { onError } = asked
  const hangUpThere = useMutation({ mutationFn: () => post<void>('/api/my-seat/hang-up'), onError })
  const canAnswer = softphone !== null && state.call.name === 'ringing'
  const answer = canAnswer
    ? () => {
        softphone.answer().then(problem => {
          if (problem !== null) asked.microphoneFailed()
        })
      }
    : undefined
  // The phone's own BYE is fastest; without its call or its socket the service hangs up for us.
  const throughPhone = softphone !== null && state.call.name === 'talking' && state.line.name === 'registered'
  const hangUp = isPickedUp(seat.state)
    ? () => (throughPhone ? softphone.hangUp() : hangUpThere.mutate())
    : undefined
  useKeys({ F2: answer, F4: hangUp })
  useAnswerByItself(seat, state.call, asked.answer, answer)
  return { answer, hangUp, hangingUp: hangUpThere.isPending }
}

/** With a tone before a stranger's voice; who dialled, or asked to answer, waits for no tone. */
function useAnswerByItself(
  seat: SeatView,
  call: PhoneInUse['state']['call'],
  askedFor: string | null,
  answer: (() => void) | undefined,
): void {
  const current = useRef(answer)
  current.current = answer
  const rings = call.name === 'ringing' && !call.answerFailed
  const wished = rings && askedFor !== null && askedFor === seat.callId
  const byItself = rings && call.autoAnswer
  const own = seat.purpose === 'dial' || seat.purpose === 'watch'
  useEffect(() => {
    if (wished || (byItself && own)) current.current?.()
    else if (byItself) return announce(() => current.current?.())
    return undefined
  }, [wished, byItself, own])
}
