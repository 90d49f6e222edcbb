import type { Me } from '../../people/sessions/schema.ts'
import { usePlace } from '../shell/place.ts'
import { WORDS } from './dispatch-head.tsx'
import { RulesTab } from './rules-tab.tsx'
import { WordsTab } from './words-tab.tsx'

/** What 秒派 goes by: the duty catalogue, `#/dispatch-rules/<id>`, and the words, `#/dispatch-rules/words`. */
export default function DispatchRulesPage({ me }: { readonly me: Me }) {
  const [named = null] = usePlace().rest
  return named === WORDS ? <WordsTab me={me} /> : <RulesTab me={me} opened={named} />
}
