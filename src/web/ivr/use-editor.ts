import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Drawing, TreeForm, TreeView } from '../../floor/ivr/schema.ts'
import { ask } from '../kit/api.ts'
import { tabMemory } from '../kit/remembered.ts'
import { begin, change, redo, undo } from './history.ts'

/** What was last read or saved, and the version it had. */
interface Base {
  readonly version: number
  readonly form: TreeForm
}

export type Editor = ReturnType<typeof useEditor>

/** A draft being edited: every change can be undone, and outlives a reload of the page until it is saved. */
export function useEditor(tree: TreeView) {
  const queries = useQueryClient()
  const kept = `ivr.draft.${tree.id}`
  const [unsaved] = useState(() => readKept(kept))
  const [base, setBase] = useState<Base>({
    version: unsaved?.version ?? tree.version,
    form: { name: tree.name, draft: tree.draft },
  })
  const [history, setHistory] = useState(() => begin(unsaved?.form ?? base.form))
  const { now } = history
  const dirty = now !== base.form && JSON.stringify(now) !== JSON.stringify(base.form)

  useEffect(() => {
    if (!dirty) return tabMemory.forget(kept)
    tabMemory.write(kept, JSON.stringify({ version: base.version, form: now } satisfies Base))
  }, [kept, dirty, base.version, now])
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])

  const saving = useMutation({
    mutationFn: async ({ form, version }: Base) => {
      const ifMatch = `"${version}"`
      const { body } = await ask<TreeView>(`/api/ivr/${tree.id}`, { method: 'PUT', body: form, ifMatch })
      return { version: body.version, form }
    },
    onSuccess(saved) {
      setBase(saved)
      void queries.invalidateQueries({ queryKey: ['ivr', 'trees'] })
    },
  })

  return {
    form: now,
    drawing: now.draft,
    dirty,
    version: base.version,
    saving: saving.isPending,
    restored: unsaved !== null,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    /** @param tag changes in a row under the same tag are undone together */
    draw: (draft: Drawing, tag: string | null = null) =>
      setHistory(old => change(old, { ...old.now, draft }, tag)),
    rename: (name: string) => setHistory(old => change(old, { ...old.now, name }, 'name')),
    put: (form: TreeForm) => setHistory(old => change(old, form)),
    /** @returns the version that was saved; throws Problem, `changed-meanwhile` among them */
    save: async (over = base.version): Promise<number> =>
      dirty || over !== base.version
        ? (await saving.mutateAsync({ form: now, version: over })).version
        : base.version,
    forget: () => tabMemory.forget(kept),
  }
}

/** Written by this page; of another making it is left. */
function readKept(key: string): Base | null {
  const text = tabMemory.read(key)
  return text === null ? null : JSON.parse(text)
}
