import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Drawer, Select, Table } from 'antd'
import type { LineTreeForm, LineTreeView, TreeSummary } from '../../floor/ivr/schema.ts'
import { ask, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useLineTrees } from './use-ivr.ts'
import { problemsIn, problemText } from './words.ts'

interface Props {
  readonly open: boolean
  readonly trees: readonly TreeSummary[]
  readonly onClose: () => void
}

/** Every line and what its callers hear. */
export function LinesDrawer({ open, trees, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const lines = useLineTrees(open)
  const giving = useMutation({
    mutationFn: async ({ line, tree }: LineTreeForm & { readonly line: string }) =>
      (
        await ask<LineTreeView>(`/api/ivr/lines/${encodeURIComponent(line)}`, {
          method: 'PUT',
          body: { tree },
        })
      ).body,
    async onSuccess({ number, tree }) {
      for (const key of ['lines', 'trees', 'versions']) {
        await queries.invalidateQueries({ queryKey: ['ivr', key] })
      }
      message.success(
        t('ivr.lines.set', { line: number, tree: tree === null ? t('ivr.lines.none') : tree.name }),
      )
    },
    onError(error) {
      const [first] = error instanceof Problem ? problemsIn(error.fields) : []
      message.error(first === undefined ? t(problemKey(error)) : problemText(t, first))
    },
  })
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={620}
      styles={{ body: { padding: 16 } }}
      title={t('ivr.lines.title')}
      data-testid="ivr-lines-drawer"
    >
      <p>{t('ivr.lines.what')}</p>
      {lines.isError && <Alert type="error" showIcon title={t(problemKey(lines.error))} />}
      <Table
        size="small"
        rowKey="number"
        pagination={false}
        loading={lines.isPending}
        dataSource={lines.data ?? []}
        columns={[
          { title: t('ivr.lines'), dataIndex: 'number', width: 90 },
          { title: t('ivr.field.name'), dataIndex: 'name' },
          {
            title: t('ivr.title'),
            width: 260,
            render: (_, { number, tree }: LineTreeView) => (
              <Select
                style={{ width: '100%' }}
                aria-label={number}
                value={tree === null ? '' : `${tree.id} ${tree.version}`}
                disabled={giving.isPending}
                onChange={value => giving.mutate({ line: number, tree: chosen(value) })}
                options={[{ value: '', label: t('ivr.lines.none') }, ...choices(trees, tree, t)]}
                data-testid={`ivr-line-${number}`}
              />
            ),
          },
        ]}
      />
    </Drawer>
  )
}

/** The newest version of each tree, and the one the line has. */
function choices(
  trees: readonly TreeSummary[],
  now: LineTreeView['tree'],
  t: ReturnType<typeof useWords>['t'],
) {
  const newest = trees.flatMap(({ id, name, latest }) =>
    latest === null ? [] : [{ id, name, version: latest }],
  )
  const isOlder = now !== null && !newest.some(({ id, version }) => id === now.id && version === now.version)
  return [...(isOlder ? [now] : []), ...newest].map(({ id, name, version }) => ({
    value: `${id} ${version}`,
    label: `${name} · ${t('ivr.version', { version })}`,
  }))
}

function chosen(value: string): LineTreeForm['tree'] {
  const [id, version] = value.split(' ')
  return id === undefined || version === undefined ? null : { id, version: Number(version) }
}
