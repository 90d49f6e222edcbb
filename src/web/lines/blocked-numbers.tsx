import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Empty, Popconfirm } from 'antd'
import { useState } from 'react'
import type { BlockedNumber } from '../../floor/lines/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { remove } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { problemKey } from '../kit/problem-text.ts'
import { useNow } from '../kit/use-now.ts'
import { BlockDialog } from './block-dialog.tsx'
import { dayAndMinute } from './block-words.ts'
import styles from './lines.module.css'
import { useBlockedNumbers } from './use-blocked-numbers.ts'

/** 恶意骚扰: who is let go, why, who stands for it, and until when. */
export function BlockedNumbers({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const blocks = useBlockedNumbers()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className={styles.tools}>
        <span className={styles.what}>{t('lines.blocked.what')}</span>
        <span className={styles.push} />
        <Button
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => setAdding(true)}
          data-testid="block-new"
        >
          {t('lines.blocked.new')}
        </Button>
      </div>
      {blocks.isError && <Alert type="error" banner title={t(problemKey(blocks.error))} />}
      <div className={styles.scroll}>
        {blocks.data?.length === 0 ? (
          <Empty
            className={styles.nothing ?? ''}
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t('lines.blocked.none')}
          />
        ) : (
          <BlockTable blocks={blocks.data ?? []} />
        )}
      </div>
      {adding && <BlockDialog me={me} onClose={() => setAdding(false)} />}
    </>
  )
}

function BlockTable({ blocks }: { readonly blocks: readonly BlockedNumber[] }) {
  const { t } = useWords()
  return (
    <table className={styles.table} data-testid="blocked">
      <thead>
        <tr>
          <th>{t('lines.blocked.number')}</th>
          <th>{t('lines.blocked.reason')}</th>
          <th>{t('lines.blocked.createdBy')}</th>
          <th>{t('lines.blocked.approvedBy')}</th>
          <th>{t('lines.blocked.createdAt')}</th>
          <th>{t('lines.blocked.expiresAt')}</th>
          <th aria-label={t('lines.blocked.lift')} />
        </tr>
      </thead>
      <tbody>
        {blocks.map(block => (
          <tr
            key={block.id}
            className={css(block.expired && styles.off)}
            data-testid={`block-${block.number}`}
          >
            <td className={styles.figures}>{spaced(block.number)}</td>
            <td className={styles.reason}>{block.reason}</td>
            <td>{block.createdByName}</td>
            <td>{block.approvedByName}</td>
            <td className={styles.figures}>{dayAndMinute(block.createdAt)}</td>
            <td className={styles.figures}>
              {dayAndMinute(block.expiresAt)} <Left block={block} />
            </td>
            <td>
              <Lift block={block} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const DAY_MS = 86_400_000

function Left({ block }: { readonly block: BlockedNumber }) {
  const { t } = useWords()
  const days = Math.ceil((Date.parse(block.expiresAt) - useNow(false)) / DAY_MS)
  return (
    <small className={styles.left}>
      {block.expired ? t('lines.blocked.expired') : t('lines.blocked.left', { days })}
    </small>
  )
}

function Lift({ block }: { readonly block: BlockedNumber }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const lift = useMutation({
    mutationFn: () => remove(`/api/blocked-numbers/${block.id}`),
    onSuccess: () => message.success(t('lines.blocked.lifted')),
    onError: error => message.error(t(problemKey(error))),
    onSettled: () => client.invalidateQueries({ queryKey: ['blocked-numbers'] }),
  })
  return (
    <Popconfirm
      title={t('lines.blocked.lift.sure', { number: spaced(block.number) })}
      okText={t('lines.blocked.lift')}
      okButtonProps={{ 'data-testid': 'lift-sure' }}
      cancelText={t('settings.cancel')}
      onConfirm={() => lift.mutate()}
    >
      <Button size="small" loading={lift.isPending} data-testid={`lift-${block.number}`}>
        {t('lines.blocked.lift')}
      </Button>
    </Popconfirm>
  )
}
