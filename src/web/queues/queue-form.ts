import type { QueueForm, QueueView, StepForm } from '../../floor/queues/schema.ts'

export const STRATEGIES = [
  'longest-idle',
  'least-recent',
  'fewest-calls',
  'rr-memory',
  'linear',
  'random',
  'ring-all',
] as const satisfies readonly QueueForm['strategy'][]

export const DOINGS = [
  'lower-levels',
  'raise-priority',
  'play',
  'add-queue',
  'overflow',
  'offer-call-back',
] as const satisfies readonly StepForm['do'][]

export const PROMPTS = ['greeting', 'please-wait', 'all-lines-busy'] as const satisfies readonly NonNullable<
  StepForm['prompt']
>[]

export type CallBack = NonNullable<QueueForm['callBack']>

/** What switching it on begins with: a city's agents wait for citizens rather than the other way round. */
export const USUAL_CALL_BACK: CallBack = {
  first: 'agent',
  tries: 3,
  retryAfterMs: 300_000,
  withinMs: 7_200_000,
}

const MINUTE_MS = 60_000
/** Plans are told in minutes, halves too. */
export function minutes(ms: number): number {
  return Math.round((ms / MINUTE_MS) * 10) / 10
}
export function fromMinutes(count: number): number {
  return Math.round(count * MINUTE_MS)
}

export const BLANK_QUEUE: QueueForm = {
  nameZh: '',
  nameEn: '',
  strategy: 'longest-idle',
  needs: [],
  priority: 0,
  ageingPerMinute: 1,
  steps: [],
  mostWaiting: null,
  announceEveryMs: null,
  callBack: null,
  whenUnstaffed: 'wait',
}

export const QUEUE_FIELDS = [
  'nameZh',
  'nameEn',
  'strategy',
  'needs',
  'priority',
  'ageingPerMinute',
  'steps',
  'mostWaiting',
  'announceEveryMs',
  'callBack',
  'whenUnstaffed',
] as const satisfies readonly (keyof QueueForm)[]

/** The part of a queue that is edited. A prompt that is not offered here has to be chosen anew. */
export function formOf(queue: QueueView): QueueForm {
  const { id: _id, version: _version, steps: stored, ...form } = queue
  const steps = stored.map(({ prompt, ...step }): StepForm => {
    const offered = PROMPTS.find(one => one === prompt)
    return offered === undefined ? step : { ...step, prompt: offered }
  })
  return { ...form, steps }
}

type Doing = Pick<StepForm, 'do' | 'by' | 'queue' | 'prompt'>

/** What a step does with what goes with it, and nothing that does not. */
export function doing(what: StepForm['do']): Doing {
  switch (what) {
    case 'lower-levels':
    case 'raise-priority':
      return { do: what, by: 1 }
    case 'play':
      return { do: what, prompt: 'please-wait' }
    case 'add-queue':
    case 'overflow':
    case 'offer-call-back':
      return { do: what }
  }
}

/** Two steps change places: what is done moves, the times stay as they are, ascending. */
export function movedStep(steps: readonly StepForm[], from: number, to: number): StepForm[] {
  const times = steps.map(step => step.afterMs)
  const moved = [...steps]
  const [step] = moved.splice(from, 1)
  if (step !== undefined) moved.splice(to, 0, step)
  return moved.map((one, index) => ({ ...one, afterMs: times[index] ?? one.afterMs }))
}

const STEP_MS = 15_000

/** One more step, a while after the last, and before the caller leaves by overflow. */
export function oneMoreStep(steps: readonly StepForm[]): StepForm[] {
  const last = steps.at(-1)
  if (last?.do !== 'overflow') {
    return [...steps, { afterMs: (last?.afterMs ?? 0) + STEP_MS, ...doing('play') }]
  }
  const { afterMs } = last
  return [...steps.slice(0, -1), { afterMs, ...doing('play') }, { ...last, afterMs: afterMs + STEP_MS }]
}
