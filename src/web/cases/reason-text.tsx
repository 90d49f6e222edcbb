import type { Reason } from '../../casework/dispatch/schema.ts'
import { useWords } from '../kit/language.tsx'

/** Why a unit is named. */
export function ReasonText({ reason }: { readonly reason: Reason | undefined }) {
  const { t } = useWords()
  switch (reason?.code) {
    case 'rule':
      return t('likely.rule', { position: reason.position })
    case 'history':
      return t('likely.history', { went: reason.went, of: reason.of })
    case 'area':
      return t('likely.area', { area: reason.area })
    case undefined:
      return null
  }
}
