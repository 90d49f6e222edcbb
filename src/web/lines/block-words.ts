import type { BlockedNumber } from '../../floor/lines/schema.ts'
import { useWords } from '../kit/language.tsx'
import { clock, dayOf } from '../kit/time.ts'
import { hasFields } from '../settings/changed-parts.ts'
import type { FieldView } from '../settings/fields.ts'

const FIELDS = ['reason', 'approvedByName', 'expiresAt'] as const satisfies readonly (keyof BlockedNumber)[]
const isBlock = hasFields<BlockedNumber>(FIELDS)

/** The parts of a block in words. */
export function useBlockFields() {
  const { t } = useWords()
  const fields: readonly FieldView<BlockedNumber>[] = [
    { field: 'reason', label: t('lines.blocked.reason'), show: block => block.reason },
    {
      field: 'approvedByName',
      label: t('lines.blocked.approvedBy'),
      show: block => block.approvedByName,
    },
    {
      field: 'expiresAt',
      label: t('lines.blocked.expiresAt'),
      show: block => dayAndMinute(block.expiresAt),
    },
  ]
  return { fields, isBlock }
}

/** `2026-12-21 23:59` on the city's clock. */
export function dayAndMinute(iso: string): string {
  return `${dayOf(Date.parse(iso))} ${clock(iso).slice(0, 5)}`
}
