import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { PublishForm, TreeSummary, VersionView } from '../../floor/ivr/schema.ts'
import { ask, Problem } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { nodeOf } from './drawing.ts'
import styles from './ivr.module.css'
import type { Editor } from './use-editor.ts'
import { problemsIn, problemText } from './words.ts'

interface Props {
  readonly open: boolean
  readonly tree: TreeSummary
  readonly editor: Editor
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

/** Saves, then publishes what was saved; a refusal names each node, and a press leads there. */
export function PublishDialog({ open, tree, editor, onChoose, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [form] = Form.useForm<{ note: string }>()
  const [goLive, setGoLive] = useState(true)
  const publishing = useMutation({
    mutationFn: async (body: PublishForm) => {
      const ifMatch = `"${await editor.save()}"`
      return (await ask<VersionView>(`/api/ivr/${tree.id}/publish`, { method: 'POST', body, ifMatch })).body
    },
    async onSuccess({ version }) {
      await queries.invalidateQueries({ queryKey: ['ivr'], refetchType: 'active', predicate: isNoDraft })
      message.success(t('ivr.publish.done', { version }))
      close()
    },
  })
  const close = () => {
    publishing.reset()
    form.resetFields()
    onClose()
  }
  const lines = tree.lines.map(({ number, name }) => `${number} ${name}`).join('、')
  return (
    <Modal
      open={open}
      width={560}
      title={t('ivr.publish.title', { name: editor.form.name })}
      okText={t('ivr.publish')}
      cancelText={t('ivr.cancel')}
      confirmLoading={publishing.isPending}
      onOk={form.submit}
      onCancel={close}
      okButtonProps={{ 'data-testid': 'ivr-publish-confirm' }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ note }) => publishing.mutate({ note: note.trim(), goLive })}
      >
        <Form.Item
          name="note"
          label={t('ivr.publish.note')}
          rules={[{ required: true, whitespace: true, message: t('ivr.publish.note.missing') }]}
        >
          <Input.TextArea rows={2} maxLength={300} autoFocus data-testid="ivr-publish-note" />
        </Form.Item>
        {lines === '' ? (
          <p className={styles.quiet}>{t('ivr.publish.no-lines')}</p>
        ) : (
          <Checkbox checked={goLive} onChange={event => setGoLive(event.target.checked)}>
            {t('ivr.publish.go-live', { lines })}
          </Checkbox>
        )}
        <p className={styles.quiet}>{t('ivr.publish.sounds')}</p>
      </Form>
      {publishing.isError && (
        <Refusal
          error={publishing.error}
          editor={editor}
          onChoose={id => {
            close()
            onChoose(id)
          }}
        />
      )}
    </Modal>
  )
}

/** A draft being edited is not read anew under the editor's hands. */
function isNoDraft({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[1] !== 'tree'
}

interface RefusalProps {
  readonly error: unknown
  readonly editor: Editor
  readonly onChoose: (id: string) => void
}

function Refusal({ error, editor, onChoose }: RefusalProps) {
  const { t } = useWords()
  const problems = error instanceof Problem ? problemsIn(error.fields) : []
  if (problems.length === 0) return <Alert type="error" showIcon title={t(problemKey(error))} />
  return (
    <Alert
      type="error"
      showIcon
      title={t('ivr.publish.refused')}
      data-testid="ivr-refused"
      description={
        <ul className={styles.refusal}>
          {problems.map(({ node, at, problem }) => (
            <li key={`${node} ${at}`}>
              <button
                type="button"
                className={styles.refused}
                onClick={() => node !== null && onChoose(node)}
              >
                <b>{nodeOf(editor.drawing, node)?.name ?? t('ivr.whole-tree')}</b>{' '}
                {problemText(t, { at, problem })}
              </button>
            </li>
          ))}
        </ul>
      }
    />
  )
}
