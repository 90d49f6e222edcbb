import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import type { ActTaken, FloorSeat } from '../../floor/supervision/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './drawer.module.css'
import { ACTS, type Act, isInCall, isPossible } from './possible-acts.ts'

/** What may be done to this seat: choose, give the reason, confirm. */
export function SeatActs({ seat }: { readonly seat: FloorSeat }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Act | null>(null)
  return (
    <section className={styles.acts}>
      <h3>{t('floor.act')}</h3>
      <div className={styles.actButtons}>
        {ACTS.map(act => (
          <Button
            key={act}
            danger={act === 'hang-up' || act === 'sign-out'}
            type={chosen === act ? 'primary' : 'default'}
            disabled={!isPossible(act, seat)}
            aria-pressed={chosen === act}
            onClick={() => setChosen(chosen === act ? null : act)}
            data-testid={`floor-act-${act}`}
          >
            {t(`floor.act.${act}`)}
          </Button>
        ))}
      </div>
      {chosen !== null && <ActForm key={chosen} act={chosen} seat={seat} onDone={() => setChosen(null)} />}
    </section>
  )
}

interface FormProps {
  readonly act: Act
  readonly seat: FloorSeat
  readonly onDone: () => void
}

function ActForm({ act, seat, onDone }: FormProps) {
  const { t, nameOf } = useWords()
  const { message } = App.useApp()
  const { choosable } = useNotReadyReasons()
  const perform = useMutation({
    mutationFn: (body: { reason?: string; note?: string }) =>
      post<ActTaken>(`/api/floor/seats/${seat.number}/${act}`, act === 'ready' ? undefined : body),
    onSuccess: ({ id }) => {
      message.success(t('floor.act.done', { seat: seat.number, act: t(`floor.act.${act}`), id }))
      onDone()
    },
  })
  const [form] = Form.useForm<{ reason?: string; note?: string }>()
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={body => perform.mutate(body)}>
      {act === 'not-ready' && (
        <Form.Item
          name="reason"
          label={t('floor.act.reason')}
          rules={[{ required: true, message: t('floor.act.reason.missing') }]}
        >
          <Radio.Group
            optionType="button"
            options={choosable.map(reason => ({ value: reason.code, label: nameOf(reason) }))}
          />
        </Form.Item>
      )}
      {act !== 'ready' && (
        <Form.Item
          name="note"
          label={t('floor.act.note')}
          rules={[{ required: true, whitespace: true, message: t('floor.act.note.missing') }]}
        >
          <Input.TextArea
            rows={2}
            maxLength={200}
            autoFocus={act !== 'not-ready'}
            onKeyDown={event => {
              if (event.key === 'Enter' && event.ctrlKey) form.submit()
            }}
            data-testid="floor-act-note"
          />
        </Form.Item>
      )}
      <Effect act={act} seat={seat} />
      {perform.isError && (
        <Alert
          className={styles.why ?? ''}
          type="error"
          showIcon
          title={t(problemKey(perform.error))}
          data-testid="floor-act-error"
        />
      )}
      <div className={styles.confirm}>
        <Button onClick={onDone}>{t('floor.act.cancel')}</Button>
        <Button
          type="primary"
          danger={act === 'hang-up' || act === 'sign-out'}
          htmlType="submit"
          loading={perform.isPending}
          autoFocus={act === 'ready'}
          data-testid="floor-act-confirm"
        >
          {t('floor.act.confirm', { act: t(`floor.act.${act}`) })}
        </Button>
      </div>
    </Form>
  )
}

/** What confirming will do, and when. */
function Effect({ act, seat }: { readonly act: Act; readonly seat: FloorSeat }) {
  const { t } = useWords()
  if (act === 'hang-up') return <p className={styles.cuts}>{t('floor.act.cuts')}</p>
  return <p className={styles.effect}>{t(isInCall(seat) ? 'floor.act.after-call' : 'floor.act.at-once')}</p>
}
