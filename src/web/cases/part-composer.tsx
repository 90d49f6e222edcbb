import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import type { WorkOrder, WorkOrderForm } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { OrderFields } from '../agent/order-fields.tsx'
import { post } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './acts.module.css'
import { useDone } from './done.tsx'
import { dispatchPart, takeBackPart } from './part.ts'
import { tabDraft } from './tab-draft.ts'
import { UnitPicker, UnitsPicker } from './unit-picker.tsx'

interface Props {
  readonly parent: WorkOrder
  readonly me: Me
  readonly onClose: () => void
}

interface PartInput extends WorkOrderForm {
  readonly lead: string | null
  readonly co: readonly string[]
  readonly reason: string
}

/** Another matter of the same citizen as an order of its own, for other units; sent to them at once if they are named. */
export function PartComposer({ parent, me, onClose }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const done = useDone()
  const queries = useQueryClient()
  const [form] = Form.useForm<PartInput>()
  const { typeCode, categoryCode, place, secret } = parent
  const empty: PartInput = {
    ...{ typeCode, categoryCode, place, secret, title: '', text: '' },
    ...{ lead: null, co: [], reason: t('part.reason.usual') },
  }
  const draft = tabDraft(`part.${me.id}.${parent.id}`, empty)
  const [initial] = useState<PartInput>(() => ({ ...empty, ...draft.read() }))
  const lead = Form.useWatch('lead', form) ?? null
  const mayDispatch = me.rights.includes('order.dispatch')
  const opening = useMutation({
    mutationFn: async ({ lead, co, reason, ...fields }: PartInput) => {
      const part = await post<WorkOrder>(`/api/work-orders/${encodeURIComponent(parent.id)}/parts`, fields)
      const dispatch = lead === null ? null : { lead, co, reason }
      return { part, refusal: dispatch === null ? null : await dispatchPart(part, dispatch) }
    },
    onSuccess: ({ part, refusal }) => {
      const undo = me.rights.includes('order.lead')
        ? () => takeBackPart(part.id, t('part.undo.reason'))
        : null
      done(t('part.opened', { number: part.number }), undo)
      // The part is there all the same, and waits for dispatch.
      if (refusal !== null) void message.warning(t('part.not-sent', { why: t(problemKey(refusal)) }), 8)
      draft.forget()
      onClose()
    },
    onSettled: () => {
      for (const queryKey of [['case'], ['orders']]) void queries.invalidateQueries({ queryKey })
    },
  })
  return (
    <section
      ref={focusTitle}
      className={styles.composer}
      aria-label={t('related.open-part')}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
        else if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
      data-testid="part-composer"
    >
      <h3>{t('part.title')}</h3>
      <p className={styles.what}>{t(secret ? 'part.what.secret' : 'part.what')}</p>
      {opening.isError && <Alert type="error" showIcon title={t(problemKey(opening.error))} />}
      <Form<PartInput>
        form={form}
        layout="vertical"
        className={css(styles.fields, styles.two)}
        initialValues={initial}
        onValuesChange={(_, input) => draft.write({ ...initial, ...input })}
        onFinish={input => opening.mutate({ ...initial, ...input })}
        scrollToFirstError
      >
        <OrderFields />
        {!secret && (
          <Form.Item name="secret" valuePropName="checked" className={css(styles.whole)}>
            <Checkbox>{t('order.secret')}</Checkbox>
          </Form.Item>
        )}
        {mayDispatch && (
          <>
            <Form.Item name="lead" label={t('part.lead')} data-testid="field-lead">
              <FormUnit />
            </Form.Item>
            {lead !== null && (
              <>
                <Form.Item name="co" label={t('field.co')}>
                  <FormUnits except={lead} />
                </Form.Item>
                <Form.Item
                  name="reason"
                  className={css(styles.whole)}
                  label={t('field.reason')}
                  rules={[{ required: true, whitespace: true, message: t('field.missing') }]}
                >
                  <Input maxLength={500} data-testid="part-reason" />
                </Form.Item>
              </>
            )}
          </>
        )}
        <footer>
          <Button onClick={onClose}>
            {t('acts.cancel')} <kbd>Esc</kbd>
          </Button>
          <Button type="primary" htmlType="submit" loading={opening.isPending} data-testid="part-send">
            {t(lead === null ? 'part.open' : 'part.open-and-send')} <kbd>Ctrl+Enter</kbd>
          </Button>
        </footer>
      </Form>
    </section>
  )
}

/** Type, category and place are the parent's to begin with: what is this one's own is its title and text. */
function focusTitle(section: HTMLElement | null): void {
  section?.querySelector<HTMLElement>('[data-testid=order-title]')?.focus()
}

/** As antd's form gives them. */
interface Given<Value> {
  readonly value?: Value
  readonly onChange?: (value: Value) => void
}

function FormUnit({ value = null, onChange = () => {} }: Given<string | null>) {
  return <UnitPicker value={value} onChange={onChange} />
}

function FormUnits(props: Given<readonly string[]> & { readonly except: string }) {
  const { value = [], onChange = () => {}, except } = props
  return <UnitsPicker value={value} except={except} onChange={onChange} />
}
