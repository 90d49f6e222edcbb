import type { CaseView } from '../../casework/life/schema.ts'
import type { FormName } from './acts.ts'

/**
 * The act that takes another back, as the order stands after it; null where nothing does.
 * @param before as the order stood when it was done
 */
export function undoOf(
  name: FormName,
  before: Pick<CaseView, 'mergedInto'>,
  after: Pick<CaseView, 'possible'>,
  reason: string,
): object | null {
  const isPossible = (undo: FormName) => after.possible.some(one => one.do === undo)
  if (name === 'merge' && isPossible('unmerge')) return { do: 'unmerge', reason }
  if (name === 'unmerge' && before.mergedInto !== null && isPossible('merge')) {
    return { do: 'merge', into: before.mergedInto, reason }
  }
  return null
}
