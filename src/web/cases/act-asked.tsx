import type { CaseView } from '../../casework/life/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { FormName } from './acts.ts'

/** What is being ruled on, before one rules. */
export function ActAsked({ view, act }: { readonly view: CaseView; readonly act: FormName }) {
  const { t } = useWords()
  const { extensionAsk, hold, overrideAsk } = view
  if (extensionAsk !== null && (act === 'grant-extension' || act === 'refuse-extension')) {
    return (
      <blockquote>
        {t('case.extension-asked', { days: extensionAsk.days })}：{extensionAsk.reason}
      </blockquote>
    )
  }
  if (hold !== null && (act === 'grant-hold' || act === 'refuse-hold')) {
    return (
      <blockquote>
        {t('case.hold-asked', { kind: t(`hold.${hold.kind}`) })}：{hold.reason}
      </blockquote>
    )
  }
  if (overrideAsk !== null && (act === 'agree-override' || act === 'refuse-override')) {
    return (
      <blockquote>
        {t('case.override-asked', { to: t(`case.status.${overrideAsk.to}`) })}：{overrideAsk.reason}
      </blockquote>
    )
  }
  return null
}
