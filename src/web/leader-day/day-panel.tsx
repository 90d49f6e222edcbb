import { App, Button, Empty, Progress, Spin, Steps, Table, Tag } from 'antd'
import { useState } from 'react'
import type { LeaderDayItem, LeaderDayView } from '../../casework/callbacks/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { goTo } from '../shell/place.ts'
import styles from './leader-day.module.css'
import { ResultDialog } from './result-dialog.tsx'
import { useLeaderDay, useStep } from './use-leader-day.ts'

/** The steps of a leader's day, and when each was taken. */
const STEPS = [
  ['sign-in', 'signedInAt'],
  ['read-handovers', 'readHandoversAt'],
  ['review-orders', 'reviewedOrdersAt'],
] as const

/** One leader's day: what to do first, whom to call back, and how far it has come. */
export function DayPanel({ id, mayAct }: { readonly id: string; readonly mayAct: boolean }) {
  const day = useLeaderDay(id)
  const { t } = useWords()
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<LeaderDayItem | null>(null)
  if (day.data === undefined) {
    return day.isError ? <Empty description={t(problemKey(day.error))} /> : <Spin />
  }
  const view = day.data
  return (
    <section className={styles.day} data-testid="leader-day">
      <header className={styles.head}>
        <h2>{t('leader-day.of', { leader: view.leader, unit: view.unitName })}</h2>
        {view.assistants.length > 0 && (
          <span className={styles.quiet}>
            {t('leader-day.assistants', { names: view.assistants.map(({ name }) => name).join('、') })}
          </span>
        )}
        <span className={styles.quiet}>{t('leader-day.figures', view.figures)}</span>
        <Progress
          className={styles.progress ?? ''}
          percent={Math.min(100, Math.round((view.figures.reached / view.quota) * 100))}
          format={() => t('leader-day.progress', { done: view.figures.reached, quota: view.quota })}
        />
      </header>
      <DaySteps view={view} mayAct={mayAct} />
      {view.preparedAt === null ? (
        <Empty description={t('leader-day.unprepared')} />
      ) : (
        <Items items={view.items} onEnter={mayAct ? setChosen : null} />
      )}
      {chosen !== null && (
        <ResultDialog
          day={id}
          item={chosen}
          onClose={() => setChosen(null)}
          onDone={() => {
            setChosen(null)
            message.success(t('leader-day.saved'))
          }}
        />
      )}
    </section>
  )
}

function DaySteps({ view, mayAct }: { readonly view: LeaderDayView; readonly mayAct: boolean }) {
  const { t } = useWords()
  const now = useNow(false)
  const { message } = App.useApp()
  const step = useStep(view.id)
  const next = STEPS.findIndex(([, column]) => view[column] === null)
  const current = next === -1 ? STEPS.length : next
  const upcoming = STEPS[current]
  return (
    <div className={styles.steps}>
      <Steps
        size="small"
        current={current}
        items={[
          ...STEPS.map(([name, column]) => {
            const at = view[column]
            return {
              title: t(`leader-day.step.${name}`),
              content: at === null ? '' : dateAndTime(at, now),
            }
          }),
          { title: t('leader-day.step.call-back') },
        ]}
      />
      {upcoming !== undefined && mayAct && (
        <Button
          type="primary"
          loading={step.isPending}
          onClick={() =>
            step.mutate(upcoming[0], { onError: error => void message.error(t(problemKey(error))) })
          }
          data-testid="leader-step"
        >
          {t('leader-day.tick', { step: t(`leader-day.step.${upcoming[0]}`) })}
        </Button>
      )}
    </div>
  )
}

interface ItemsProps {
  readonly items: readonly LeaderDayItem[]
  /** null: to look at only. */
  readonly onEnter: ((item: LeaderDayItem) => void) | null
}

function Items({ items, onEnter }: ItemsProps) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <Table<LeaderDayItem>
      size="small"
      pagination={false}
      rowKey="id"
      dataSource={[...items]}
      data-testid="leader-items"
      columns={[
        { title: '#', dataIndex: 'position', width: 48 },
        {
          title: t('leader-day.order'),
          render: (_, item) => (
            <Button type="link" className={styles.link ?? ''} onClick={() => goTo('orders', item.id)}>
              {item.title}
              {item.reasons.map(reason => (
                <Tag key={reason} color="warning">
                  {t(`leader-day.reason.${reason}`)}
                </Tag>
              ))}
            </Button>
          ),
        },
        { title: t('leader-day.citizen'), render: (_, { citizen }) => `${citizen.name} ${citizen.number}` },
        {
          title: t('leader-day.result'),
          render: (_, item) => (
            <>
              {item.result !== null && <Tag>{t(`leader-day.result.${item.result}`)}</Tag>}
              {item.grade !== null && t(`grade.${item.grade}`)}
              {item.result === 'missed' &&
                item.tryAgainAt !== null &&
                t('leader-day.later', { time: dateAndTime(item.tryAgainAt, now) })}
            </>
          ),
        },
        {
          width: 110,
          render: (_, item) => (
            <Button
              size="small"
              disabled={onEnter === null || item.status !== 'to-call-back' || item.result === 'rated'}
              onClick={() => onEnter?.(item)}
              data-testid={`enter-${item.id}`}
            >
              {t('leader-day.enter')}
            </Button>
          ),
        },
      ]}
    />
  )
}
