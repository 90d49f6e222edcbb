import { Input, Modal } from 'antd'
import { useState } from 'react'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'

interface Props {
  readonly call: MissedCall
  readonly as: 'reached' | 'given-up'
  readonly busy: boolean
  readonly onCancel: () => void
  readonly onConfirm: (note: string) => void
}

const LONGEST_NOTE = 500

/** Takes an entry off the list with what came of it; Ctrl+Enter records, Escape goes back. */
export function ClosingDialog({ call, as, busy, onCancel, onConfirm }: Props) {
  const { t } = useWords()
  const [note, setNote] = useState('')
  const confirm = () => onConfirm(note.trim())
  return (
    <Modal
      open
      width={440}
      title={`${spaced(call.callerNumber)} · ${t(`missed-calls.${as}`)}`}
      okText={t('missed-calls.confirm')}
      cancelText={t('missed-calls.cancel')}
      confirmLoading={busy}
      onOk={confirm}
      onCancel={onCancel}
      data-testid="missed-closing"
    >
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={LONGEST_NOTE}
        value={note}
        placeholder={t(`missed-calls.note.${as}`)}
        aria-label={t('missed-calls.note')}
        onChange={event => setNote(event.target.value)}
        onKeyDown={event => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && confirm()}
        data-testid="missed-note"
      />
    </Modal>
  )
}
