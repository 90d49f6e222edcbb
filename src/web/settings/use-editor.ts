import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { codeOf, Problem } from '../kit/api.ts'
import { type Drafts, useDrafts } from './drafts.ts'
import { type FieldProblems, withoutFields } from './fields.ts'
import { isSame } from './merge.ts'

interface Parts<View, Form> {
  readonly drafts: Drafts<View, Form>
  /** What the draft is kept under. */
  readonly draftKey: string
  /** As it was read last; null: it is to be added. */
  readonly view: View | null
  readonly formOf: (view: View) => Form
  readonly blank: Form
  /** @param base what was edited, whose version must still stand */
  readonly save: (form: Form, base: View | null) => Promise<View>
  /** Reads it anew, after somebody else has saved. */
  readonly read: () => Promise<View>
  readonly onSaved: (view: View) => void
}

export interface Editor<View, Form> {
  readonly form: Form
  readonly dirty: boolean
  /** Somebody else has saved since this edit began. */
  readonly newer: boolean
  readonly problems: FieldProblems
  /** Why it could not be saved, when no field is to blame. */
  readonly error: unknown
  readonly saving: boolean
  /** Both sides, when somebody else had saved first. */
  readonly conflict: { readonly mine: Form; readonly base: View | null; readonly theirs: View } | null
  change(part: Partial<Form>): void
  undo(): void
  save(): void
  /** Saves over what somebody else has saved. */
  resolve(form: Form): void
  later(): void
}

/** One form over one version: its draft, what is wrong with it, and what happens when two save at once. */
export function useEditor<View extends { readonly version: number }, Form extends object>(
  parts: Parts<View, Form>,
): Editor<View, Form> {
  const { drafts, draftKey } = parts
  const [lastSaved, setLastSaved] = useState<View | null>(null)
  // What was saved here counts at once: an edit begun before it is read anew must not be over the version before.
  const view = newer(parts.view, lastSaved)
  const draft = useDrafts(drafts).get(draftKey)
  const [problems, setProblems] = useState<FieldProblems>({})
  const [theirs, setTheirs] = useState<View | null>(null)
  const usual = view === null ? parts.blank : parts.formOf(view)
  const form = draft?.form ?? usual
  const base = draft === undefined ? view : draft.base
  const saving = useMutation({
    mutationFn: async ({ mine, over }: { mine: Form; over: View | null }) => {
      try {
        return { saved: await parts.save(mine, over), theirs: null }
      } catch (error) {
        if (codeOf(error) !== 'changed-meanwhile') throw error
        return { saved: null, theirs: await parts.read() }
      }
    },
    onSuccess(outcome) {
      if (outcome.saved === null) return setTheirs(outcome.theirs)
      drafts.forget(draftKey)
      setTheirs(null)
      setProblems({})
      setLastSaved(outcome.saved)
      parts.onSaved(outcome.saved)
    },
    onError(error) {
      setTheirs(null)
      setProblems(fieldsOf(error))
    },
  })
  const undo = () => {
    drafts.forget(draftKey)
    setProblems({})
    saving.reset()
  }
  return {
    form,
    dirty: draft !== undefined,
    newer: draft !== undefined && view !== null && draft.base !== null && view.version > draft.base.version,
    problems,
    error: Object.keys(fieldsOf(saving.error)).length === 0 ? saving.error : null,
    saving: saving.isPending,
    conflict: theirs === null ? null : { mine: form, base, theirs },
    change(part) {
      setProblems(withoutFields(problems, Object.keys(part)))
      const next = { ...form, ...part }
      const asRead = base === null ? parts.blank : parts.formOf(base)
      if (isSame(next, asRead)) drafts.forget(draftKey)
      else drafts.set(draftKey, { base, form: next })
    },
    undo,
    save: () => saving.mutate({ mine: form, over: base }),
    resolve(chosen) {
      if (theirs === null) return
      if (isSame(chosen, parts.formOf(theirs))) {
        undo()
        setTheirs(null)
        setLastSaved(theirs)
        parts.onSaved(theirs)
        return
      }
      // Whatever comes of it, what was chosen is the edit from here on.
      drafts.set(draftKey, { base: theirs, form: chosen })
      saving.mutate({ mine: chosen, over: theirs })
    },
    later: () => setTheirs(null),
  }
}

function fieldsOf(error: unknown): FieldProblems {
  return error instanceof Problem ? error.fields : {}
}

/** Of two readings of one thing, the later version. */
function newer<View extends { readonly version: number }>(one: View | null, other: View | null): View | null {
  if (one === null || other === null) return one ?? other
  return other.version > one.version ? other : one
}
