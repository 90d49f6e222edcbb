import type { QueueForm, QueueView, StepForm } from '../../floor/queues/schema.ts'
import type { Skill } from '../../people/skills/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { FieldView } from '../settings/fields.ts'
import { type CallBack, minutes } from './queue-form.ts'
import { useQueues, useSkills } from './use-queues.ts'

/** The parts of a queue in words, with the names of the skills and queues it tells of. */
export function useQueueFields(): readonly FieldView<QueueForm>[] {
  const { t, nameOf } = useWords()
  const skills = useSkills().data ?? []
  const queues = useQueues().data ?? []
  const named = (entries: readonly (Skill | QueueView)[], id: string) => {
    const entry = entries.find(one => one.id === id)
    return entry === undefined ? id : nameOf(entry)
  }
  const stepText = (step: StepForm) => {
    const what = t(`queues.do.${step.do}`)
    if (step.by !== undefined) return `${what} ${step.by}`
    if (step.queue !== undefined) return `${what} ${named(queues, step.queue)}`
    return step.prompt === undefined ? what : `${what} ${t(`queues.prompt.${step.prompt}`)}`
  }
  const planText = ({ first, tries, retryAfterMs, withinMs }: CallBack) =>
    t('queues.callBack.show', {
      first: t(`queues.callBack.first.${first}`),
      tries,
      retry: minutes(retryAfterMs),
      within: minutes(withinMs),
    })
  const none = t('settings.none')
  return [
    { field: 'nameZh', label: t('queues.nameZh'), show: form => form.nameZh },
    { field: 'nameEn', label: t('queues.nameEn'), show: form => form.nameEn },
    {
      field: 'strategy',
      label: t('queues.strategy'),
      show: form => t(`queues.strategy.${form.strategy}`),
    },
    {
      field: 'needs',
      label: t('queues.needs'),
      show: form => form.needs.map(need => `${named(skills, need.skill)} ≥ ${need.level}`).join('\n') || none,
    },
    { field: 'priority', label: t('queues.priority'), show: form => String(form.priority) },
    {
      field: 'ageingPerMinute',
      label: t('queues.ageingPerMinute'),
      show: form => String(form.ageingPerMinute),
    },
    {
      field: 'announceEveryMs',
      label: t('queues.announceEveryMs'),
      show: ({ announceEveryMs: ms }) =>
        ms === null ? t('queues.never') : t('queues.announceEveryMs.every', { seconds: ms / 1_000 }),
    },
    {
      field: 'whenUnstaffed',
      label: t('queues.whenUnstaffed'),
      show: form => t(`queues.whenUnstaffed.${form.whenUnstaffed}`),
    },
    {
      field: 'callBack',
      label: t('queues.callBack'),
      show: ({ callBack }) => (callBack === null ? t('queues.callBack.off') : planText(callBack)),
    },
    {
      field: 'steps',
      label: t('queues.steps'),
      show: form =>
        form.steps
          .map(step => t('queues.step.show', { seconds: step.afterMs / 1_000, what: stepText(step) }))
          .join('\n') || none,
    },
    {
      field: 'mostWaiting',
      label: t('queues.mostWaiting'),
      show: form => (form.mostWaiting === null ? t('queues.no-limit') : String(form.mostWaiting)),
    },
  ]
}
