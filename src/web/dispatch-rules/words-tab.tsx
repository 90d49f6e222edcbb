import { Alert, Spin } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import { useCategories } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import lines from '../lines/lines.module.css'
import shared from '../settings/settings.module.css'
import { DispatchHead, WORDS } from './dispatch-head.tsx'
import { useDispatchWords } from './use-dispatch-words.ts'
import { WordsEditor } from './words-editor.tsx'

/** The words by which a text tells its category and its urgency. */
export function WordsTab({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const words = useDispatchWords()
  const categories = useCategories()
  if (words.data !== undefined && categories.length > 0) {
    return <WordsEditor me={me} view={words.data} categories={categories} />
  }
  return (
    <div className={shared.page}>
      <DispatchHead tab={WORDS} search="" hint={t('dispatch-words.search')} onSearch={() => {}} count="">
        {null}
      </DispatchHead>
      {words.isError ? (
        <Alert type="error" banner title={t(problemKey(words.error))} />
      ) : (
        <Spin className={lines.nothing ?? ''} />
      )}
    </div>
  )
}
