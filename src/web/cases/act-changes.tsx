import { Alert } from 'antd'
import type { TimelineEntry } from '../../casework/life/schema.ts'
import { useWords } from '../kit/language.tsx'
import { sentenceOf } from './case-words.ts'
import { useUnitName } from './use-case.ts'

/** What somebody else did while this was being written. */
export function ActChanges({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const { t } = useWords()
  const unitName = useUnitName()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('acts.changed')}
      description={
        entries.length === 0
          ? t('acts.changed.form')
          : entries.map(entry => (
              <div key={entry.at + entry.what}>
                {[
                  `${entry.by ?? ''} ${sentenceOf(entry, t, unitName)}`,
                  entry.why,
                  ...Object.values(entry.texts),
                ]
                  .filter(part => part.trim() !== '')
                  .join('：')}
              </div>
            ))
      }
      data-testid="act-changed"
    />
  )
}
