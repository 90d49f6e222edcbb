import { type ActInput, EMPTY_ACT, type FormName } from './acts.ts'
import { type TabDraft, tabDraft } from './tab-draft.ts'

export type ActDraft = TabDraft<ActInput>

export function actDraft(staff: string, order: string, act: FormName): ActDraft {
  const draft = tabDraft(`act.${staff}.${order}.${act}`, EMPTY_ACT)
  // Where somebody stood is true of its moment only.
  return { ...draft, write: input => draft.write({ ...input, point: null }) }
}
