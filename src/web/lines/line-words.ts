import type { LineForm } from '../../floor/lines/schema.ts'
import { useWords } from '../kit/language.tsx'
import { useQueues } from '../queues/use-queues.ts'
import type { FieldView } from '../settings/fields.ts'
import { dayRuns } from './line-form.ts'

/** Opening hours in words: `周一至周五 08:30–18:00`, one span a line. */
export function useHoursText(): (hours: LineForm['hours']) => string {
  const { t } = useWords()
  const day = (number: 1 | 2 | 3 | 4 | 5 | 6 | 7) => t(`lines.day.${number}`)
  return hours => {
    if (hours === null) return t('lines.hours.always')
    return hours
      .map(({ days, from, to }) => {
        const runs = dayRuns(days).map(([first, last]) =>
          first === last
            ? t('lines.days.one', { day: day(first) })
            : t('lines.days.run', { from: day(first), to: day(last) }),
        )
        return `${runs.join(t('lines.days.and'))} ${from}–${to}`
      })
      .join('\n')
  }
}

/** The name of a queue; its id when it is not known. */
export function useQueueName(): (id: string) => string {
  const { nameOf } = useWords()
  const queues = useQueues().data ?? []
  return id => {
    const queue = queues.find(one => one.id === id)
    return queue === undefined ? id : nameOf(queue)
  }
}

/** The parts of a line in words. */
export function useLineFields(): readonly FieldView<LineForm>[] {
  const { t } = useWords()
  const hoursText = useHoursText()
  const queueName = useQueueName()
  const yesNo = (value: boolean) => t(value ? 'yes-no.yes' : 'yes-no.no')
  return [
    { field: 'name', label: t('lines.name'), show: form => form.name },
    { field: 'mergeMode', label: t('lines.mergeMode'), show: form => t(`lines.mode.${form.mergeMode}`) },
    { field: 'queue', label: t('lines.queue'), show: form => queueName(form.queue) },
    { field: 'greets', label: t('lines.greets'), show: form => yesNo(form.greets) },
    { field: 'hours', label: t('lines.hours'), show: form => hoursText(form.hours) },
    { field: 'active', label: t('lines.active'), show: form => yesNo(form.active) },
  ]
}
