import { playbackId } from '#kernel/ids.ts'
import { type Instant, SECOND_MS } from '#kernel/time.ts'
import type { Digit, Grade } from '../events.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState, SeatLeg, Termination } from './call.ts'
import { end } from './ending.ts'
import { after, type CallStep, noted, PROMPT_LIMIT_MS, pbx, say, step, told } from './steps.ts'

/** How long a key is waited for once the question has been asked. */
const ANSWER_MS = 8 * SECOND_MS

/** 满意度评价: asked of a citizen whose agent hung up; leaving is no answer and no error. */
export function askRating(call: Call, by: SeatLeg, termination: Termination, at: Instant): CallStep {
  const playback = playbackId(call.id, 'rating')
  const state = {
    name: 'rating',
    termination,
    by,
    grade: null,
    playback,
    deadlineAt: at + PROMPT_LIMIT_MS,
  } as const
  return step({ ...call, state }, [
    noted(call, at, { kind: 'rating-asked' }),
    ...say(call, playback, ['rate-this-call']),
  ])
}

export function transitionRating(call: Call, signal: CallSignal, at: Instant): CallStep {
  const { state } = call
  if (state.name !== 'rating') return step(call)
  switch (signal.type) {
    case 'digit-pressed': {
      const grade = gradeOf(signal.digit)
      return grade === null || state.grade !== null ? step(call) : rated(call, state, grade, at)
    }
    case 'prompt-finished':
      if (signal.playback !== state.playback) return step(call)
      if (state.grade !== null) return end(call, at, state.termination)
      return step({ ...call, state: { ...state, deadlineAt: Math.min(state.deadlineAt, at + ANSWER_MS) } })
    case 'command-failed':
      return signal.command === 'play' ? unrated(call, state, at) : step(call)
    case 'deadline-passed':
      return state.grade !== null ? end(call, at, state.termination) : unrated(call, state, at)
    default:
      return step(call)
  }
}

type Rating = Extract<CallState, { name: 'rating' }>

function rated(call: Call, state: Rating, grade: Grade, at: Instant): CallStep {
  const { seat, staff } = state.by
  const thanks = playbackId(call.id, 'thanks')
  const stop =
    call.leg === null
      ? []
      : [pbx({ do: 'stop-play', call: call.id, leg: call.leg, playback: state.playback })]
  return step({ ...call, state: { ...state, grade, playback: thanks, deadlineAt: at + PROMPT_LIMIT_MS } }, [
    noted(call, at, { kind: 'rated', grade }),
    told({ fact: 'call-rated', call: call.id, at, rating: { grade, seat, staff } }),
    ...stop,
    ...say(call, thanks, ['thanks-for-rating']),
  ])
}

function unrated(call: Call, state: Rating, at: Instant): CallStep {
  return after([noted(call, at, { kind: 'not-rated' })], end(call, at, state.termination))
}

function gradeOf(digit: Digit): Grade | null {
  switch (digit) {
    case '1':
      return 1
    case '2':
      return 2
    case '3':
      return 3
    case '4':
      return 4
    case '5':
      return 5
    default:
      return null
  }
}
