import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Spin, Tag } from 'antd'
import type { WebhookRow } from '../../casework/webhooks/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import lines from '../lines/lines.module.css'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import { useWebhooks } from './use-webhooks.ts'
import { NEW, PATH, WebhookDrawer } from './webhook-drawer.tsx'
import { nameOf, standingOf, useEventName, useProblemText } from './webhook-words.ts'
import styles from './webhooks.module.css'

/** Which systems of the city are told of orders: `#/webhooks/<id>`, `#/webhooks/<id>/deliveries`. */
export default function WebhooksPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [opened = null, tab = null] = usePlace().rest
  const webhooks = useWebhooks()
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('webhooks.title')}</h1>
        <span className={shared.quiet}>{t('webhooks.what')}</span>
        <Button
          className={shared.push ?? ''}
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => goTo(PATH, NEW)}
          data-testid="webhook-new"
        >
          {t('webhooks.new')}
        </Button>
      </header>
      {webhooks.isError && <Alert type="error" banner title={t(problemKey(webhooks.error))} />}
      <div className={lines.body}>
        <div className={css(lines.scroll, styles.scroll)}>
          {webhooks.isPending ? (
            <Spin className={lines.nothing ?? ''} />
          ) : webhooks.data?.length === 0 ? (
            <Empty
              className={lines.nothing ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t('webhooks.none')}
            />
          ) : (
            <WebhookTable rows={webhooks.data ?? []} opened={opened} />
          )}
        </div>
        <WebhookDrawer
          me={me}
          opened={opened}
          tab={tab}
          view={webhooks.data?.find(({ id }) => id === opened) ?? null}
        />
      </div>
    </div>
  )
}

function WebhookTable(props: { readonly rows: readonly WebhookRow[]; readonly opened: string | null }) {
  const { t } = useWords()
  return (
    <table className={css(lines.table, styles.table)} data-testid="webhooks">
      <thead>
        <tr>
          <th>{t('webhooks.receiver')}</th>
          <th className={styles['column-state']}>{t('webhooks.state')}</th>
          <th className={styles['column-events']}>{t('webhooks.events')}</th>
          <th className={styles['column-last']}>{t('webhooks.last')}</th>
          <th className={styles['column-day']}>{t('webhooks.day')}</th>
          <th className={styles['column-problem']}>{t('webhooks.problem')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(row => (
          <Row key={row.id} row={row} isOpened={row.id === props.opened} />
        ))}
      </tbody>
    </table>
  )
}

const COLOUR = { on: 'green', quiet: 'default', failing: 'red', paused: 'default' } as const

function Row({ row, isOpened }: { readonly row: WebhookRow; readonly isOpened: boolean }) {
  const { t } = useWords()
  const now = useNow(false)
  const eventName = useEventName()
  const problemText = useProblemText()
  const standing = standingOf(row)
  const { health, events } = row
  const open = () => goTo(PATH, row.id)
  return (
    <tr
      className={css(standing === 'paused' && lines.off)}
      aria-selected={isOpened}
      onClick={open}
      data-testid={`webhook-${row.note}`}
      data-standing={standing}
    >
      <td className={styles.receiver}>
        <button type="button" className={lines.number} onClick={open}>
          {nameOf(row)}
        </button>
        <small title={row.url}>{row.url}</small>
      </td>
      <td>
        <Tag color={COLOUR[standing]}>{t(`webhooks.state.${standing}`)}</Tag>
      </td>
      <td>{events.length === 0 ? t('webhooks.events.all') : events.map(eventName).join('、')}</td>
      <td className={lines.figures}>
        {health.lastDeliveredAt === null
          ? t('webhooks.last.never')
          : dateAndTime(health.lastDeliveredAt, now)}
      </td>
      <td className={styles.day}>
        <span>{t('webhooks.day.delivered', { count: health.delivered })}</span>
        {health.waiting > 0 && (
          <span className={styles.waiting}>{t('webhooks.day.waiting', { count: health.waiting })}</span>
        )}
        {health.givenUp > 0 && (
          <span className={styles.lost}>{t('webhooks.day.given-up', { count: health.givenUp })}</span>
        )}
      </td>
      <td>{problemText(health.lastProblem, health.lastStatus)}</td>
    </tr>
  )
}
