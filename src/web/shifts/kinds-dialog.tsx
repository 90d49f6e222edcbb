import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { ShiftForm, ShiftView } from '../../people/shifts/schema.ts'
import { ask, codeOf } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './kinds.module.css'

interface Props {
  readonly kinds: readonly ShiftView[]
  readonly onClose: () => void
}

const EMPTY = { id: '', nameZh: '', nameEn: '', from: '', to: '' }
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const ID = /^[a-z][a-z0-9-]{0,39}$/

/** The kinds of shift: each is saved by itself; what is planned already keeps its times. */
export function KindsDialog({ kinds, onClose }: Props) {
  const { t } = useWords()
  return (
    <Modal open width={720} title={t('shifts.kinds')} footer={null} onCancel={onClose}>
      <p className={styles.what}>{t('shifts.kinds.what')}</p>
      <div className={styles.table} data-testid="kinds">
        {(['id', 'nameZh', 'nameEn', 'from', 'to'] as const).map(field => (
          <b key={field}>{t(`shifts.kinds.${field}`)}</b>
        ))}
        <span />
        {kinds.map(kind => (
          <KindRow key={`${kind.id} ${kind.version}`} kind={kind} version={kind.version} />
        ))}
        <KindRow key={kinds.length} kind={EMPTY} version={null} />
      </div>
    </Modal>
  )
}

/** `version` is null for one that is to be added. */
function KindRow({ kind, version }: { readonly kind: typeof EMPTY; readonly version: number | null }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [id, setId] = useState(kind.id)
  const { nameZh, nameEn, from, to } = kind
  const [form, setForm] = useState<ShiftForm>({ nameZh, nameEn, from, to })
  const save = useMutation({
    mutationFn: () =>
      version === null
        ? ask('/api/shifts', { method: 'POST', body: { id, ...form } })
        : ask(`/api/shifts/${id}`, { method: 'PUT', body: form, ifMatch: String(version) }),
    onSuccess: () => message.success(t('shifts.kinds.saved')),
    onError: error => message.error(t(problemKey(error))),
    onSettled: (_, error) => {
      // What somebody else has saved meanwhile takes this row's place.
      if (error !== null && codeOf(error) !== 'changed-meanwhile') return
      queries.invalidateQueries({ queryKey: ['roster'] })
      queries.invalidateQueries({ queryKey: ['shifts'] })
    },
  })
  const isDirty = (['nameZh', 'nameEn', 'from', 'to'] as const).some(field => form[field] !== kind[field])
  const isWhole =
    ID.test(id) &&
    form.nameZh.trim() !== '' &&
    form.nameEn.trim() !== '' &&
    TIME.test(form.from) &&
    TIME.test(form.to) &&
    form.from !== form.to
  return (
    <>
      <Input
        value={id}
        disabled={version !== null}
        placeholder="early"
        maxLength={40}
        onChange={event => setId(event.target.value)}
        aria-label={t('shifts.kinds.id')}
        data-testid={`kind-id-${kind.id}`}
      />
      {(['nameZh', 'nameEn', 'from', 'to'] as const).map(field => (
        <Input
          key={field}
          value={form[field]}
          maxLength={field === 'from' || field === 'to' ? 5 : 40}
          placeholder={field === 'from' || field === 'to' ? '07:30' : ''}
          status={
            (field === 'from' || field === 'to') && form[field] !== '' && !TIME.test(form[field])
              ? 'error'
              : ''
          }
          onChange={event => setForm({ ...form, [field]: event.target.value })}
          onPressEnter={() => isDirty && isWhole && save.mutate()}
          aria-label={t(`shifts.kinds.${field}`)}
          data-testid={`kind-${field}-${kind.id}`}
        />
      ))}
      <Button
        type={isDirty && isWhole ? 'primary' : 'default'}
        disabled={!isDirty || !isWhole}
        loading={save.isPending}
        onClick={() => save.mutate()}
        data-testid={`kind-save-${kind.id}`}
      >
        {t(version === null ? 'shifts.kinds.add' : 'shifts.day-duty.save')}
      </Button>
    </>
  )
}
