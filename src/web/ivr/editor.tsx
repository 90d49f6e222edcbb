import { Alert, App } from 'antd'
import { useState } from 'react'
import type { TreeForm, TreeSummary, TreeView } from '../../floor/ivr/schema.ts'
import { codeOf, get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { add, type NodeKind, nodeOf, remove, type Slot } from './drawing.ts'
import styles from './ivr.module.css'
import { LinesDrawer } from './lines-drawer.tsx'
import { NodePanel } from './node-panel.tsx'
import { ProblemStrip } from './problem-strip.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { TreeBar } from './tree-bar.tsx'
import { TreeCanvas } from './tree-canvas.tsx'
import { useEditor } from './use-editor.ts'
import { useEditorKeys } from './use-editor-keys.ts'
import { useCheck } from './use-ivr.ts'
import { VersionsDrawer } from './versions-drawer.tsx'

interface Props {
  readonly tree: TreeView
  readonly trees: readonly TreeSummary[]
  readonly onOpen: (id: string) => void
  readonly onCreate: (form: TreeForm) => void
  /** The draft on the service is to be shown, whatever stands here. */
  readonly onReadAgain: () => void
}

export type Sheet = 'publish' | 'versions' | 'lines'

/** One tree: its bar, the drawing, and the panel of the node that was chosen. */
export function TreeEditor({ tree, trees, onOpen, onCreate, onReadAgain }: Props) {
  const { t } = useWords()
  const editor = useEditor(tree)
  const { drawing } = editor
  const [chosen, setChosen] = useState<string | null>(drawing.start)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const check = useCheck(drawing)
  const save = useSave(tree, editor, onReadAgain)
  const leaving = useLeaving(editor, save)
  useEditorKeys({ undo: editor.undo, redo: editor.redo, save })

  const addNode = (at: Slot, kind: NodeKind) => {
    const added = add(drawing, at, kind, t(`ivr.kind.${kind}`))
    editor.draw(added.drawing)
    setChosen(added.id)
  }
  const removeNode = (id: string, then: string | null) => {
    editor.draw(remove(drawing, id))
    setChosen(then)
  }
  const node = nodeOf(drawing, chosen)
  return (
    <main className={styles.page}>
      <TreeBar
        tree={tree}
        trees={trees}
        editor={editor}
        onOpen={id => leaving(() => onOpen(id))}
        onCreate={form => leaving(() => onCreate(form))}
        onSave={save}
        onSheet={setSheet}
      />
      {editor.restored && editor.dirty && <Alert type="info" banner closable title={t('ivr.restored')} />}
      <div className={styles.work}>
        <section className={styles.stage}>
          <TreeCanvas
            drawing={drawing}
            problems={check.problems}
            chosen={chosen}
            onChoose={setChosen}
            onAdd={addNode}
            onRemove={removeNode}
            onDraw={editor.draw}
          />
          <ProblemStrip drawing={drawing} check={check} onChoose={setChosen} />
        </section>
        <NodePanel
          key={chosen}
          id={chosen}
          node={node}
          drawing={drawing}
          problems={check.problems.filter(problem => problem.node === chosen)}
          onDraw={editor.draw}
          onAdd={addNode}
          onRemove={removeNode}
        />
      </div>
      <PublishDialog
        open={sheet === 'publish'}
        tree={trees.find(({ id }) => id === tree.id) ?? tree}
        editor={editor}
        onChoose={setChosen}
        onClose={() => setSheet(null)}
      />
      <VersionsDrawer
        open={sheet === 'versions'}
        id={tree.id}
        drawing={drawing}
        onRestore={editor.put}
        onClose={() => setSheet(null)}
      />
      <LinesDrawer open={sheet === 'lines'} trees={trees} onClose={() => setSheet(null)} />
    </main>
  )
}

/** Saves; of two who edited at once, the second chooses. @returns whether the draft is on the service now */
function useSave(tree: TreeView, editor: ReturnType<typeof useEditor>, readAgain: () => void) {
  const { t } = useWords()
  const { message, modal } = App.useApp()
  return async (): Promise<boolean> => {
    try {
      await editor.save()
      return true
    } catch (error) {
      if (codeOf(error) !== 'changed-meanwhile') {
        message.error(t(problemKey(error)))
        return false
      }
    }
    const theirs = await get<TreeView>(`/api/ivr/${tree.id}`)
    const mine = await modal.confirm({
      title: t('ivr.conflict', { name: theirs.savedByName }),
      content: t('ivr.conflict.what'),
      okText: t('ivr.conflict.mine'),
      cancelText: t('ivr.conflict.theirs'),
    })
    if (mine) {
      await editor.save(theirs.version)
      return true
    }
    editor.forget()
    readAgain()
    return false
  }
}

/** Does what leads away from this tree, once what was not saved is saved or dropped. */
function useLeaving(editor: ReturnType<typeof useEditor>, save: () => Promise<boolean>) {
  const { t } = useWords()
  const { modal } = App.useApp()
  return async (leave: () => void) => {
    if (!editor.dirty) return leave()
    const keep = await modal.confirm({
      title: t('ivr.leave'),
      content: t('ivr.leave.what'),
      okText: t('ivr.save'),
      cancelText: t('ivr.leave.drop'),
    })
    if (keep && !(await save())) return
    if (!keep) editor.forget()
    leave()
  }
}
