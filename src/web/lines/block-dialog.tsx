import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { BlockedNumber } from '../../floor/lines/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { Problem, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { serverClock } from '../kit/server-clock.ts'
import { dayOf } from '../kit/time.ts'
import { useStaff } from '../queues/use-queues.ts'
import { Field } from '../settings/field.tsx'
import { type FieldProblems, withoutFields } from '../settings/fields.ts'
import styles from './lines.module.css'

const DAY_MS = 86_400_000
const USUAL_DAYS = [7, 30, 90, 180] as const

interface BlockInput {
  readonly number: string
  readonly reason: string
  readonly approvedBy: string | null
  /** The last day, 2026-12-21, on the city's calendar. */
  readonly until: string
}

export function BlockDialog({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [input, setInput] = useState<BlockInput>({
    number: '',
    reason: '',
    approvedBy: null,
    until: dayAhead(30),
  })
  const [problems, setProblems] = useState<FieldProblems>({})
  const block = useMutation({
    mutationFn: () => post<BlockedNumber>('/api/blocked-numbers', bodyOf(input)),
    onSuccess() {
      message.success(t('lines.blocked.done'))
      client.invalidateQueries({ queryKey: ['blocked-numbers'] })
      onClose()
    },
    onError: error => setProblems(error instanceof Problem ? error.fields : {}),
  })
  const change = (part: Partial<BlockInput>) => {
    setInput({ ...input, ...part })
    setProblems(
      withoutFields(
        problems,
        Object.keys(part).map(name => (name === 'until' ? 'expiresAt' : name)),
      ),
    )
  }
  const unexplained = block.error !== null && Object.keys(problems).length === 0
  return (
    <Modal
      open
      width={520}
      title={t('lines.blocked.new')}
      okText={t('settings.save')}
      cancelText={t('settings.cancel')}
      confirmLoading={block.isPending}
      onOk={() => block.mutate()}
      onCancel={onClose}
      okButtonProps={{ 'data-testid': 'block-save' }}
    >
      <div className={styles.fields} data-testid="block-form">
        <Field label={t('lines.blocked.number')} problem={problems.number}>
          <Input
            autoFocus
            value={input.number}
            onChange={event => change({ number: event.target.value })}
            data-testid="block-number"
          />
        </Field>
        <Field
          label={t('lines.blocked.reason')}
          problem={problems.reason}
          hint={t('lines.blocked.reason.what')}
        >
          <Input.TextArea
            rows={3}
            maxLength={300}
            value={input.reason}
            onChange={event => change({ reason: event.target.value })}
            data-testid="block-reason"
          />
        </Field>
        <Field label={t('lines.blocked.approvedBy')} problem={problems.approvedBy}>
          <Approvers me={me} value={input.approvedBy} onChange={approvedBy => change({ approvedBy })} />
        </Field>
        <Field label={t('lines.blocked.expiresAt')} problem={problems.expiresAt}>
          <span className={styles.until}>
            <Input
              type="date"
              value={input.until}
              onChange={event => change({ until: event.target.value })}
              data-testid="block-until"
            />
            {USUAL_DAYS.map(days => (
              <Button key={days} size="small" onClick={() => change({ until: dayAhead(days) })}>
                {t('lines.blocked.days', { days })}
              </Button>
            ))}
            <small>{t('lines.blocked.until-end')}</small>
          </span>
        </Field>
        {unexplained && <Alert type="error" showIcon title={t(problemKey(block.error))} />}
      </div>
    </Modal>
  )
}

interface ApproverProps {
  readonly me: Me
  readonly value: string | null
  readonly onChange: (id: string) => void
}

function Approvers({ me, value, onChange }: ApproverProps) {
  const { t } = useWords()
  const staff = useStaff().data ?? []
  const able = staff.filter(
    ({ id, role, active }) => active && id !== me.id && (role === 'shift-lead' || role === 'admin'),
  )
  return (
    <Select
      value={value}
      onChange={id => id !== null && onChange(id)}
      options={able.map(({ id, name, role }) => ({
        value: id,
        label: `${name} · ${t(`shell.role.${role}`)}`,
      }))}
      data-testid="block-approver"
    />
  )
}

function dayAhead(days: number): string {
  return dayOf(serverClock.now() + days * DAY_MS)
}

function bodyOf({ number, reason, approvedBy, until }: BlockInput) {
  return {
    number: number.replaceAll(/[\s-]/g, ''),
    reason: reason.trim(),
    ...(approvedBy !== null && { approvedBy }),
    ...(until !== '' && { expiresAt: `${until}T23:59:59+08:00` }),
  }
}
