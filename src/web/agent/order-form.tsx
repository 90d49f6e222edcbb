import { CloseOutlined, SaveOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Popconfirm } from 'antd'
import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DispatchPanel } from './dispatch-panel.tsx'
import styles from './order.module.css'
import { OrderFields } from './order-fields.tsx'
import { OrderStatus } from './order-status.tsx'
import type { UnsavedOrders } from './unsaved-orders.ts'
import { useKeys } from './use-keys.ts'
import { useOrderInForm } from './use-order-in-form.ts'

interface Props {
  readonly me: Me
  readonly orderId: string
  readonly callerNumber: string | null
  readonly unsaved: UnsavedOrders
  readonly onClose: () => void
}

/** Can be written into at once, read or not, reachable or not; every stroke is kept in this browser until saved. */
export function OrderForm({ me, orderId, callerNumber, unsaved, onClose }: Props) {
  const { t } = useWords()
  const [form] = Form.useForm<WorkOrderForm>()
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
      <Form<WorkOrderForm>
        form={form}
        layout="vertical"
        className={css(styles.form)}
        initialValues={order.initial}
        onValuesChange={order.changed}
        onFinish={order.save}
        scrollToFirstError
        data-testid="order-form"
      >
        <OrderFields />
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
      <DispatchPanel
        me={me}
        orderId={orderId}
        form={form}
        current={current}
        dirty={order.dirty}
        callerNumber={caller}
        onSave={order.save}
      />
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
