import { codeOf } from './api.ts'
import { type PlainTextKey, TEXTS } from './texts.ts'

/** The key of the sentence for a failure; a code this page does not know reads as unexpected. */
export function problemKey(error: unknown): PlainTextKey {
  const key: `problem.${ReturnType<typeof codeOf>}` = `problem.${codeOf(error)}`
  return key in TEXTS ? key : 'problem.unexpected'
}
