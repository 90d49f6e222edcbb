import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Result } from 'antd'
import { useState } from 'react'
import type { TreeForm, TreeSummary, TreeView } from '../../floor/ivr/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { tabMemory } from '../kit/remembered.ts'
import { Opening } from '../kit/whole-page.tsx'
import { Beginnings } from './beginnings.tsx'
import { TreeEditor } from './editor.tsx'
import styles from './ivr.module.css'
import { useTree, useTrees } from './use-ivr.ts'

const OPENED = 'ivr.opened'

/** The IVR editor (语音导航): trees drawn, checked as they are drawn, published as versions, given to lines. */
export default function IvrPage(_: { readonly me: Me }) {
  const { t } = useWords()
  const trees = useTrees()
  if (trees.data === undefined) {
    if (!trees.isError) return <Opening />
    return (
      <Result
        status="warning"
        title={t('ivr.failed')}
        subTitle={t(problemKey(trees.error))}
        extra={<Button onClick={() => trees.refetch()}>{t('ivr.retry')}</Button>}
      />
    )
  }
  return <Trees trees={trees.data} />
}

function Trees({ trees }: { readonly trees: readonly TreeSummary[] }) {
  const [wanted, setWanted] = useState(() => tabMemory.read(OPENED))
  const opened = trees.find(({ id }) => id === wanted) ?? trees[0]
  const open = (id: string) => {
    tabMemory.write(OPENED, id)
    setWanted(id)
  }
  const creating = useCreate(open)
  if (opened === undefined) {
    return (
      <main className={styles.page} data-testid="ivr-empty">
        <Beginnings onBegin={creating.mutate} busy={creating.isPending} />
      </main>
    )
  }
  return <Opened key={opened.id} id={opened.id} trees={trees} onOpen={open} onCreate={creating.mutate} />
}

interface OpenedProps {
  readonly id: string
  readonly trees: readonly TreeSummary[]
  readonly onOpen: (id: string) => void
  readonly onCreate: (form: TreeForm) => void
}

function Opened({ id, trees, onOpen, onCreate }: OpenedProps) {
  const { t } = useWords()
  const tree = useTree(id)
  const [reading, setReading] = useState(0)
  const readAgain = async () => {
    await tree.refetch()
    setReading(reading + 1)
  }
  if (tree.data === undefined) {
    if (!tree.isError) return <Opening />
    return <Alert type="error" banner title={t(problemKey(tree.error))} />
  }
  return (
    <TreeEditor
      key={reading}
      tree={tree.data}
      trees={trees}
      onOpen={onOpen}
      onCreate={onCreate}
      onReadAgain={readAgain}
    />
  )
}

function useCreate(open: (id: string) => void) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const { t } = useWords()
  return useMutation({
    mutationFn: (form: TreeForm) => post<TreeView>('/api/ivr', form),
    async onSuccess({ id }) {
      await queries.invalidateQueries({ queryKey: ['ivr', 'trees'] })
      open(id)
    },
    onError: error => message.error(t(problemKey(error))),
  })
}
