import { Input } from 'antd'
import type { ReactNode } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import type { FieldProblems } from '../settings/fields.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import type { Editor } from '../settings/use-editor.ts'
import styles from './case-rules.module.css'

interface Props {
  readonly editor: Pick<
    Editor<never, never>,
    'dirty' | 'newer' | 'problems' | 'error' | 'saving' | 'undo' | 'save'
  >
  /** What the service's check says of the document as it is edited. */
  readonly problems: FieldProblems
  readonly why: string
  readonly onWhy: (why: string) => void
  readonly onHistory: () => void
  /** Every wrong place, to go to. */
  readonly children?: ReactNode
}

/** A document of rules is published with its reason, once nothing is wrong with it. */
export function PublishBar({ editor, problems, why, onWhy, onHistory, children }: Props) {
  const { t } = useWords()
  const wrongWhy = editor.problems.why !== undefined
  const shown = wrongWhy ? { ...problems, why: 'required' } : problems
  return (
    <>
      {editor.dirty && (
        <div className={styles.publish}>
          {children}
          <p className={css(styles.line, wrongWhy && styles.bad)}>
            <label className={styles.name} htmlFor="rules-why">
              {t('case-rules.why')}
            </label>
            <Input
              id="rules-why"
              className={styles.why ?? ''}
              status={wrongWhy ? 'error' : ''}
              value={why}
              maxLength={500}
              placeholder={t('case-rules.why.what')}
              onChange={event => onWhy(event.target.value)}
              data-testid="rules-why"
            />
            {wrongWhy && <Wrong problem="required" />}
          </p>
        </div>
      )}
      <SaveBar editor={{ ...editor, problems: shown }} onHistory={onHistory} isNew={false} />
    </>
  )
}
