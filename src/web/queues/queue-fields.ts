import type { QueueForm, QueueView, StepForm } from '../../floor/queues/schema.ts'
import type { Skill } from '../../people/skills/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { FieldView } from '../settings/fields.ts'
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
