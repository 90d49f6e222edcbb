import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { Identity } from '../../casework/citizens/schema.ts'
import type { WorkOrder } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { problemKey } from '../kit/problem-text.ts'
import styles from './caller.module.css'
import frame from './case.module.css'

interface Props {
  readonly order: WorkOrder
  readonly me: Me
}

/** Who called; behind a secret order or a report (举报) only for a reason, which goes on record. */
export function Caller({ order, me }: Props) {
  const { t } = useWords()
  const hidden = order.secret || order.typeCode === 'REPORT'
  if (!hidden) return <b>{order.callerNumber === '' ? t('pop.withheld') : spaced(order.callerNumber)}</b>
  return (
    <>
      {t('case.caller.secret')} {me.rights.includes('identity.see') && <Look order={order} />}
    </>
  )
}

function Look({ order }: { readonly order: WorkOrder }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [open, setOpen] = useState(false)
  const look = useMutation({
    mutationFn: () => post<Identity>(`/api/work-orders/${encodeURIComponent(order.id)}/identity`, { reason }),
    onSuccess: () => setOpen(false),
    onError: error => message.error(t(problemKey(error))),
    // It is shown, and kept nowhere.
    gcTime: 0,
  })
  if (look.data !== undefined) {
    const { callerNumber, citizen } = look.data
    return (
      <b>
        {spaced(callerNumber)} {citizen?.name}
      </b>
    )
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      content={
        <div className={styles.look}>
          <p>{t('case.identity.what')}</p>
          <Input.TextArea
            autoFocus
            rows={2}
            maxLength={500}
            value={reason}
            aria-label={t('field.reason')}
            onChange={event => setReason(event.target.value)}
          />
          <Button
            type="primary"
            disabled={reason.trim() === ''}
            loading={look.isPending}
            onClick={() => look.mutate()}
            data-testid="identity-look"
          >
            {t('case.identity.look')}
          </Button>
        </div>
      }
    >
      <button type="button" className={frame.link} data-testid="identity">
        {t('case.identity')}
      </button>
    </Popover>
  )
}
