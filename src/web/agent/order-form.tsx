import { CloseOutlined, SaveOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Form, Input, Popconfirm, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { codeOf } from '../kit/api.ts'
import type { WorkOrderInput } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { problemKey } from '../kit/problem-text.ts'
import { CategorySelect } from './category-select.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import styles from './order.module.css'
import { differingFields, EMPTY_INPUT, inputOf } from './order-input.ts'
import { OrderStatus } from './order-status.tsx'
import type { UnsavedOrders } from './unsaved-orders.ts'
import { useWorkOrderTypes } from './use-catalogues.ts'
import { useKeys } from './use-keys.ts'
import { useWorkOrder, type Versioned } from './use-work-order.ts'

interface Props {
  readonly orderId: string
  readonly callerNumber: string | null
  readonly unsaved: UnsavedOrders
  readonly onClose: () => void
}

const TITLE_MOST = 100
const TEXT_MOST = 8_000
const PLACE_MOST = 300

/** Can be written into at once, read or not, reachable or not; every stroke is kept in this browser until saved. */
export function OrderForm({ orderId, callerNumber, unsaved, onClose }: Props) {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  const [form] = Form.useForm<WorkOrderInput>()
  const order = useOrderInForm(orderId, callerNumber, unsaved, form)
  useKeys({ save: order.save })
  const { current } = order
  const caller = current?.order.callerNumber ?? callerNumber

  return (
    <article className={styles.panel} data-testid="order" data-order={orderId}>
      <header className={styles.head}>
        <h2>
          {t('order.title')} <span data-testid="order-number">{current?.order.number}</span>
        </h2>
        {caller !== null && (
          <span className={styles.caller}>
            {t('order.caller')} <b>{caller === '' ? t('pop.withheld') : spaced(caller)}</b>
          </span>
        )}
        <OrderStatus current={current} error={order.error} dirty={order.dirty} restored={order.restored} />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('order.close')}
          title={t('order.close')}
          onClick={onClose}
          data-testid="order-close"
        />
      </header>
      <Form<WorkOrderInput>
        form={form}
        layout="vertical"
        className={css(styles.form)}
        initialValues={order.initial}
        onValuesChange={order.changed}
        onFinish={order.save}
        scrollToFirstError
        data-testid="order-form"
      >
        <Form.Item
          name="typeCode"
          label={t('order.type')}
          rules={[{ required: true, message: t('order.need-type') }]}
          className={css(styles.wide)}
        >
          <Radio.Group
            optionType="button"
            buttonStyle="solid"
            options={types.map(type => ({ value: type.code, label: nameOf(type) }))}
            data-testid="order-type"
          />
        </Form.Item>
        <Form.Item
          name="categoryCode"
          label={t('order.category')}
          rules={[{ required: true, message: t('order.need-category') }]}
        >
          <CategorySelect />
        </Form.Item>
        <Form.Item name="place" label={t('order.place')}>
          <Input
            placeholder={t('order.place-hint')}
            maxLength={PLACE_MOST}
            autoComplete="off"
            data-testid="order-place"
          />
        </Form.Item>
        <Form.Item
          name="title"
          label={t('order.heading')}
          rules={[{ required: true, whitespace: true, message: t('order.need-heading') }]}
          className={css(styles.wide)}
        >
          <Input
            placeholder={t('order.heading-hint')}
            maxLength={TITLE_MOST}
            showCount
            autoComplete="off"
            data-testid="order-title"
          />
        </Form.Item>
        <Form.Item
          name="text"
          label={t('order.text')}
          rules={[{ required: true, whitespace: true, message: t('order.need-text') }]}
          className={css(styles.wide, styles.text)}
        >
          <Input.TextArea
            placeholder={t('order.text-hint')}
            maxLength={TEXT_MOST}
            showCount
            autoSize={{ minRows: 4, maxRows: 14 }}
            data-testid="order-text"
          />
        </Form.Item>
        <footer className={styles.foot}>
          <Form.Item name="secret" valuePropName="checked" noStyle>
            <Checkbox data-testid="order-secret">{t('order.secret')}</Checkbox>
          </Form.Item>
          {order.dirty && current !== null && (
            <Popconfirm
              title={t('order.discard-sure')}
              okText={t('order.yes')}
              cancelText={t('order.no')}
              onConfirm={order.discard}
            >
              <Button type="text" data-testid="order-discard">
                {t('order.discard')}
              </Button>
            </Popconfirm>
          )}
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            icon={<SaveOutlined />}
            loading={order.saving}
            data-testid="order-save"
          >
            {t('order.save')} <kbd>Ctrl+S</kbd>
          </Button>
        </footer>
      </Form>
      {order.conflict !== null && (
        <ConflictDialog
          {...order.conflict}
          saving={order.saving}
          onSave={order.saveMerged}
          onLater={order.putOffConflict}
        />
      )}
    </article>
  )
}

interface Conflict {
  readonly base: WorkOrderInput | null
  readonly mine: WorkOrderInput
  readonly theirs: Versioned
}

/** Between the form, this browser's memory and the service: what is dirty, saved, in conflict. */
function useOrderInForm(
  orderId: string,
  callerNumber: string | null,
  unsaved: UnsavedOrders,
  form: ReturnType<typeof Form.useForm<WorkOrderInput>>[0],
) {
  const { t } = useWords()
  const { message } = App.useApp()
  const { current, error, save, read } = useWorkOrder(orderId)
  const [found] = useState(() => unsaved.read(orderId))
  const [dirty, setDirty] = useState(found !== null)
  const [restored, setRestored] = useState(found !== null)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  // What the service holds is shown wherever the agent has written nothing of their own.
  useEffect(() => {
    if (current !== null && !dirty) form.setFieldsValue(inputOf(current.order))
  }, [current, dirty, form])

  const changed = () => {
    const input = { ...EMPTY_INPUT, ...form.getFieldsValue() }
    setDirty(true)
    unsaved.write(orderId, {
      input,
      etag: unsaved.read(orderId)?.etag ?? current?.etag ?? null,
      label: input.title || callerNumber || current?.order.number || t('calls.untitled'),
      at: Date.now(),
    })
  }
  const settled = (input: WorkOrderInput, saved: Versioned) => {
    setConflict(null)
    setRestored(false)
    const now = { ...EMPTY_INPUT, ...form.getFieldsValue() }
    const writtenMeanwhile = differingFields(now, input).length > 0
    if (writtenMeanwhile) unsaved.write(orderId, { ...labelled(now), etag: saved.etag })
    else unsaved.forget(orderId)
    setDirty(writtenMeanwhile)
  }
  const labelled = (input: WorkOrderInput) => ({ input, label: input.title, at: Date.now() })
  const failed = async (input: WorkOrderInput, etag: string, problem: Error) => {
    if (codeOf(problem) !== 'changed-meanwhile') {
      message.error(t(problemKey(problem)))
      return
    }
    try {
      const base = current?.etag === etag ? inputOf(current.order) : null
      setConflict({ base, mine: input, theirs: await read() })
    } catch (again) {
      message.error(t(problemKey(again)))
    }
  }
  const put = (input: WorkOrderInput, etag: string) =>
    save.mutate(
      { input, etag },
      { onSuccess: saved => settled(input, saved), onError: problem => failed(input, etag, problem) },
    )

  return {
    current,
    error,
    dirty,
    restored,
    conflict,
    saving: save.isPending,
    initial: found?.input ?? EMPTY_INPUT,
    changed,
    save: async () => {
      const etag = unsaved.read(orderId)?.etag ?? current?.etag
      if (etag === undefined) {
        message.warning(t('order.not-yet'))
        return
      }
      try {
        put(await form.validateFields(), etag)
      } catch {
        const count = form.getFieldsError().filter(({ errors }) => errors.length > 0).length
        message.warning(t('order.incomplete', { count }))
      }
    },
    saveMerged: (input: WorkOrderInput, theirs: Versioned) => {
      form.setFieldsValue(input)
      put(input, theirs.etag)
    },
    putOffConflict: () => setConflict(null),
    discard: () => {
      unsaved.forget(orderId)
      setRestored(false)
      setDirty(false) // The effect above then shows what the service holds.
    },
  }
}
