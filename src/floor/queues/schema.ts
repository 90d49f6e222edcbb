import { type Static, Type } from 'typebox'
import { Name, SkillLevels, WordId } from '../../people/skills/index.ts'

const LONGEST_WAIT_MS = 3_600_000
/** A queue's priority is from 0 to this. */
export const MOST_POINTS = 100
const Points = Type.Integer({ minimum: 0, maximum: MOST_POINTS })

export const QueueStrategy = Type.Union([
  Type.Literal('longest-idle'),
  Type.Literal('least-recent'),
  Type.Literal('fewest-calls'),
  Type.Literal('rr-memory'),
  Type.Literal('linear'),
  Type.Literal('random'),
  Type.Literal('ring-all'),
])

/** What may be said to a caller who waits: whole sentences. */
export const Announcement = Type.Union([
  Type.Literal('greeting'),
  Type.Literal('please-wait'),
  Type.Literal('all-lines-busy'),
])

/**
 * One step of the escalation (逐级放宽), in one flat form so that what is wrong can be named by field. `by` goes
 * with lower-levels and raise-priority, `queue` with add-queue and overflow, `prompt` with play.
 */
export const StepForm = Type.Object(
  {
    /** Not before a second: a caller cannot be sent round faster than one can hear. */
    afterMs: Type.Integer({ minimum: 1_000, maximum: LONGEST_WAIT_MS }),
    do: Type.Union([
      Type.Literal('lower-levels'),
      Type.Literal('add-queue'),
      Type.Literal('raise-priority'),
      Type.Literal('play'),
      Type.Literal('overflow'),
      Type.Literal('offer-call-back'),
    ]),
    by: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    queue: Type.Optional(WordId),
    prompt: Type.Optional(Announcement),
  },
  { additionalProperties: false },
)
export type StepForm = Static<typeof StepForm>

/** As stored: the contact centre can play more than is offered here. */
const StepView = Type.Object({ ...StepForm.properties, prompt: Type.Optional(Type.String()) })

/** 排队回拨. */
const CallBackForm = Type.Object(
  {
    first: Type.Union([Type.Literal('agent'), Type.Literal('caller')]),
    tries: Type.Integer({ minimum: 1, maximum: 10 }),
    retryAfterMs: Type.Integer({ minimum: 30_000, maximum: LONGEST_WAIT_MS }),
    withinMs: Type.Integer({ minimum: 60_000, maximum: 24 * LONGEST_WAIT_MS }),
  },
  { additionalProperties: false },
)

const FIELDS = {
  nameZh: Name,
  nameEn: Name,
  strategy: QueueStrategy,
  needs: SkillLevels,
  priority: Points,
  ageingPerMinute: Points,
  steps: Type.Array(StepForm, { maxItems: 20 }),
  mostWaiting: Type.Union([Type.Integer({ minimum: 0, maximum: 10_000 }), Type.Null()]),
  announceEveryMs: Type.Union([Type.Integer({ minimum: 10_000, maximum: LONGEST_WAIT_MS }), Type.Null()]),
  callBack: Type.Union([CallBackForm, Type.Null()]),
  whenUnstaffed: Type.Union([Type.Literal('wait'), Type.Literal('turn-away')]),
}

export const QueueForm = Type.Object(FIELDS, { additionalProperties: false })
export type QueueForm = Static<typeof QueueForm>

export const NewQueueForm = Type.Object({ id: WordId, ...FIELDS }, { additionalProperties: false })

/** `version` is what a PUT names in If-Match. */
export const QueueView = Type.Object({
  id: WordId,
  ...FIELDS,
  steps: Type.Array(StepView),
  version: Type.Integer(),
})
export type QueueView = Static<typeof QueueView>

export const QueueParams = Type.Object({ id: WordId })
