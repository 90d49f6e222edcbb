import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Empty, Segmented, Spin, Tag } from 'antd'
import { useState } from 'react'
import type { Delivery, Webhook } from '../../casework/webhooks/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { clock, dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import lines from '../lines/lines.module.css'
import shared from '../settings/settings.module.css'
import { resend, useDeliveries, WEBHOOKS_KEY } from './use-webhooks.ts'
import { useEventName, useProblemText } from './webhook-words.ts'
import styles from './webhooks.module.css'

const STATES = ['waiting', 'delivered', 'given-up'] as const
const COLOUR = { waiting: 'gold', delivered: 'green', 'given-up': 'red' } as const

/** What it was told lately, and how that went; a message that is settled can be sent once more. */
export function Deliveries({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useWords()
  const [state, setState] = useState<Delivery['state'] | null>(null)
  const deliveries = useDeliveries(webhook.id, state)
  return (
    <div className={styles.deliveries} data-testid="deliveries">
      <div className={styles.tools}>
        <Segmented
          value={state ?? 'all'}
          onChange={chosen => setState(STATES.find(one => one === chosen) ?? null)}
          options={(['all', ...STATES] as const).map(value => ({
            value,
            label: t(`webhooks.delivery.${value}`),
          }))}
        />
        <span className={shared.quiet}>{t('webhooks.deliveries.kept')}</span>
      </div>
      {deliveries.isError && <Alert type="error" showIcon title={t(problemKey(deliveries.error))} />}
      {deliveries.isPending ? (
        <Spin className={lines.nothing ?? ''} />
      ) : deliveries.data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('webhooks.deliveries.none')} />
      ) : (
        <table className={css(lines.table, styles.told)}>
          <thead>
            <tr>
              <th>{t('webhooks.delivery.happened')}</th>
              <th>{t('webhooks.delivery.event')}</th>
              <th>{t('webhooks.delivery.order')}</th>
              <th>{t('webhooks.state')}</th>
              <th>{t('webhooks.delivery.attempts')}</th>
              <th>{t('webhooks.delivery.result')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {deliveries.data?.map(delivery => (
              <Row key={delivery.event} webhook={webhook} delivery={delivery} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function Row({ webhook, delivery }: { readonly webhook: Webhook; readonly delivery: Delivery }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const now = useNow(false)
  const eventName = useEventName()
  const problemText = useProblemText()
  const again = useMutation({
    mutationFn: () => resend(webhook.id, delivery),
    onSuccess: () => {
      message.success(t('webhooks.delivery.resent'))
    },
    onError: error => {
      message.error(t(problemKey(error)))
    },
    onSettled: () => client.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  })
  const { type, order, queuedAt, state, attempts, at, problem, status } = delivery
  return (
    <tr data-testid={`delivery-${order}-${type}`} data-state={state}>
      <td className={lines.figures} title={queuedAt}>
        {dateAndTime(queuedAt, now)}
      </td>
      <td>{eventName(type)}</td>
      <td className={lines.figures}>{order}</td>
      <td>
        <Tag color={COLOUR[state]}>{t(`webhooks.delivery.${state}`)}</Tag>
      </td>
      <td className={lines.figures}>{attempts}</td>
      <td>
        {problemText(problem, status)}
        {state === 'waiting' && attempts > 0 && (
          <small title={at}>{t('webhooks.delivery.next', { time: clock(at) })}</small>
        )}
      </td>
      <td>
        {state !== 'waiting' && (
          <Button
            size="small"
            disabled={!webhook.active}
            title={webhook.active ? undefined : t('webhooks.delivery.off')}
            loading={again.isPending}
            onClick={() => again.mutate()}
            data-testid="resend"
          >
            {t('webhooks.delivery.resend')}
          </Button>
        )}
      </td>
    </tr>
  )
}
