import { asId, type QueueId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { EscalationStep } from '../../contact-center/queue/queue-rules.ts'
import { skillProblems } from '../../people/skills/index.ts'
import type { QueueForm, StepForm } from './schema.ts'

/** What a form may name. */
export interface Known {
  readonly skills: ReadonlySet<string>
  /** Where each queue's callers overflow to, if they do; its keys are the queues there are. */
  readonly overflows: ReadonlyMap<string, string | null>
}

type Problems = Record<string, string>

/** The form's steps as the contact centre takes them, once all of the form is right. */
export function checkQueue(id: string, form: QueueForm, known: Known): Outcome<readonly EscalationStep[]> {
  const problems = skillProblems('needs', form.needs, known.skills)
  const steps = form.steps.flatMap((step, index) => {
    const before = form.steps[index - 1]
    const field = `steps.${index}`
    if (before !== undefined && before.afterMs > step.afterMs) problems[`${field}.afterMs`] = 'not-ascending'
    if (before?.do === 'overflow') problems[field] = 'after-overflow'
    if (step.do === 'offer-call-back' && form.callBack === null) problems[field] = 'no-call-back-plan'
    const queue = queueProblem(id, step, known)
    if (queue !== null) problems[`${field}.queue`] = queue
    return toStep(step, field, problems) ?? []
  })
  return Object.keys(problems).length > 0 ? badInput(problems) : ok(steps)
}

function queueProblem(id: string, step: StepForm, { overflows }: Known): string | null {
  if (step.queue === undefined) return null
  if (step.queue === id) return 'itself'
  if (!overflows.has(step.queue)) return 'unknown'
  return step.do === 'overflow' && comesBack(id, step.queue, overflows) ? 'circular' : null
}

/** Whether overflow leads from one queue to the other: callers would be sent round for ever. */
function comesBack(id: string, from: string, overflows: Known['overflows']): boolean {
  const seen = new Set<string>()
  let at: string | null = from
  while (at !== null && !seen.has(at)) {
    if (at === id) return true
    seen.add(at)
    at = overflows.get(at) ?? null
  }
  return false
}

/** @returns null when the step lacks or has a field that does not go with what it does; `problems` then says so */
function toStep(step: StepForm, field: string, problems: Problems): EscalationStep | null {
  const { afterMs, by, queue, prompt } = step
  const wanted = FIELD_OF[step.do]
  for (const name of ['by', 'queue', 'prompt'] as const) {
    if (name === wanted && step[name] === undefined) problems[`${field}.${name}`] = 'required'
    if (name !== wanted && step[name] !== undefined) problems[`${field}.${name}`] = 'not-a-field'
  }
  switch (step.do) {
    case 'lower-levels':
    case 'raise-priority':
      return by === undefined ? null : { afterMs, do: step.do, by }
    case 'add-queue':
    case 'overflow':
      return queue === undefined ? null : { afterMs, do: step.do, queue: asId<QueueId>(queue) }
    case 'play':
      return prompt === undefined ? null : { afterMs, do: step.do, prompt }
    case 'offer-call-back':
      return { afterMs, do: step.do }
  }
}

const FIELD_OF: Readonly<Record<StepForm['do'], 'by' | 'queue' | 'prompt' | null>> = {
  'lower-levels': 'by',
  'raise-priority': 'by',
  'add-queue': 'queue',
  overflow: 'queue',
  play: 'prompt',
  'offer-call-back': null,
}

/** The queue that these steps end in, if they do. */
export function overflowOf(steps: readonly EscalationStep[]): QueueId | null {
  const last = steps.at(-1)
  return last?.do === 'overflow' ? last.queue : null
}
