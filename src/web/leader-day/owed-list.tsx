import { App, Button, Empty, Input, Modal, Spin, Table } from 'antd'
import { useState } from 'react'
import type { AnswerOwed } from '../../casework/relations/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goTo } from '../shell/place.ts'
import styles from './leader-day.module.css'
import { useOwed, useTold } from './use-leader-day.ts'

/** Citizens whose order was merged into another: each is told how that one ended. */
export function OwedList() {
  const { t } = useWords()
  const { message } = App.useApp()
  const now = useNow(false)
  const owed = useOwed()
  const told = useTold()
  const [chosen, setChosen] = useState<AnswerOwed | null>(null)
  const [note, setNote] = useState('')
  if (owed.data === undefined) {
    return owed.isError ? <Empty description={t(problemKey(owed.error))} /> : <Spin />
  }
  const close = () => {
    setChosen(null)
    setNote('')
  }
  return (
    <>
      <Table<AnswerOwed>
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={[...owed.data]}
        locale={{ emptyText: <Empty description={t('leader-day.owed.none')} /> }}
        data-testid="answers-owed"
        columns={[
          {
            title: t('leader-day.order'),
            render: (_, one) => (
              <Button type="link" className={styles.link ?? ''} onClick={() => goTo('orders', one.orderId)}>
                {one.title}
              </Button>
            ),
          },
          { title: t('leader-day.citizen'), render: (_, { citizen }) => `${citizen.name} ${citizen.number}` },
          {
            title: t('leader-day.owed.answer'),
            render: (_, one) => (
              <>
                {one.answer} <span className={styles.quiet}>{dateAndTime(one.closedAt, now)}</span>
              </>
            ),
          },
          {
            width: 110,
            render: (_, one) => (
              <Button size="small" onClick={() => setChosen(one)} data-testid={`tell-${one.id}`}>
                {t('leader-day.owed.told')}
              </Button>
            ),
          },
        ]}
      />
      {chosen !== null && (
        <Modal
          open
          title={chosen.title}
          okText={t('leader-day.owed.told')}
          okButtonProps={{ disabled: note.trim() === '' }}
          confirmLoading={told.isPending}
          onCancel={close}
          onOk={() =>
            told.mutate(
              { id: chosen.id, note: note.trim() },
              { onSuccess: close, onError: error => void message.error(t(problemKey(error))) },
            )
          }
        >
          <Input.TextArea
            rows={3}
            value={note}
            maxLength={500}
            placeholder={t('leader-day.owed.how')}
            aria-label={t('leader-day.owed.how')}
            onChange={event => setNote(event.target.value)}
          />
        </Modal>
      )}
    </>
  )
}
