import type { PoolForm } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { FieldView } from '../settings/fields.ts'

/** The parts of a pool in words. */
export function usePoolFields(): readonly FieldView<PoolForm>[] {
  const { t } = useWords()
  return [
    { field: 'name', label: t('number-pools.name'), show: form => form.name },
    { field: 'use', label: t('number-pools.use'), show: form => t(`number-pools.use.${form.use}`) },
    { field: 'first', label: t('number-pools.first'), show: form => form.first },
    { field: 'last', label: t('number-pools.last'), show: form => form.last },
    {
      field: 'restHours',
      label: t('number-pools.rest'),
      show: form => t('number-pools.rest.show', { hours: form.restHours }),
    },
    { field: 'lowAt', label: t('number-pools.low'), show: form => String(form.lowAt) },
    {
      field: 'active',
      label: t('number-pools.active'),
      show: form => t(form.active ? 'number-pools.on' : 'number-pools.off'),
    },
  ]
}
