import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, InputNumber, Popover } from 'antd'
import { useState } from 'react'
import type { FloorQueue, PriorityMoved } from '../../floor/supervision/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './queues.module.css'

/** The priority of a queue's callers: shows it, and moves it up, and down again. */
export function PriorityControl({ queue }: { readonly queue: FloorQueue }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      open={open}
      onOpenChange={setOpen}
      content={<PriorityForm queue={queue} onDone={() => setOpen(false)} />}
    >
      <Button
        size="small"
        type="text"
        className={styles.priority ?? ''}
        title={t('priority.what')}
        data-testid={`priority-${queue.id}`}
      >
        {t('floor.queue.priority', { points: queue.priority })}
      </Button>
    </Popover>
  )
}

/** Points that put a caller some minutes ahead at the usual ageing. */
const USUAL_POINTS = 10

function PriorityForm({ queue, onDone }: { readonly queue: FloorQueue; readonly onDone: () => void }) {
  const { t, nameOf } = useWords()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ by: number; note: string }>()
  const move = useMutation({
    mutationFn: async (act: 'raise' | 'lower') =>
      await post<PriorityMoved>(`/api/floor/queues/${queue.id}/${act}`, await form.validateFields()),
    onSuccess({ id, priority }) {
      message.success(t('priority.done', { queue: nameOf(queue), points: priority, id }))
      onDone()
    },
  })
  const wrong = move.isError && move.error instanceof Error ? problemKey(move.error) : null
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ by: USUAL_POINTS }}
      className={styles.priorityForm ?? ''}
      onFinish={() => move.mutate('raise')}
    >
      <Form.Item name="by" label={t('priority.by')} rules={[{ required: true, message: t('priority.by') }]}>
        <InputNumber min={1} max={100} precision={0} data-testid="priority-by" />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('priority.note')}
        rules={[{ required: true, whitespace: true, message: t('floor.act.note.missing') }]}
      >
        <Input maxLength={200} autoFocus data-testid="priority-note" />
      </Form.Item>
      {wrong !== null && <Alert type="error" showIcon title={t(wrong)} className={styles.wrong ?? ''} />}
      <div className={styles.priorityButtons}>
        <Button
          onClick={() => move.mutate('lower')}
          disabled={queue.priority === 0}
          data-testid="priority-lower"
        >
          {t('priority.lower')}
        </Button>
        <Button type="primary" htmlType="submit" loading={move.isPending} data-testid="priority-raise">
          {t('priority.raise')}
        </Button>
      </div>
    </Form>
  )
}
