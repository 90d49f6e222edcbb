import { DeleteOutlined } from '@ant-design/icons'
import { Button, InputNumber, Switch, Table, type TableColumnsType, Tooltip } from 'antd'
import type { AlarmLimit } from '../../floor/alarms/schema.ts'
import { useNotReadyReasons } from '../agent/use-catalogues.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import type { PlainTextKey } from '../kit/texts.ts'
import { TEXTS } from '../kit/texts.ts'
import styles from './alarms.module.css'
import { type AlarmLevel, KIND_FORMS, LEVELS, scaleOf } from './limits.ts'
import { useQueueNames } from './use-queue-names.ts'

/** What is wrong, by the limit's position and field: `3.warning`. */
export type FieldProblems = Readonly<Record<string, string>>

interface Props {
  readonly limits: readonly AlarmLimit[]
  readonly problems: FieldProblems
  readonly onLimits: (limits: readonly AlarmLimit[]) => void
}

interface Row {
  readonly limit: AlarmLimit
  readonly position: number
}

export function LimitsTable({ limits, problems, onLimits }: Props) {
  const { t } = useWords()
  const change = (position: number, given: Partial<AlarmLimit>) =>
    onLimits(limits.map((limit, at) => (at === position ? { ...limit, ...given } : limit)))
  const columns: TableColumnsType<Row> = [
    {
      title: t('alarms.limits.kind'),
      key: 'kind',
      render: (_value, { limit }) => <Kind limit={limit} />,
    },
    {
      title: t('alarms.limits.for'),
      key: 'for',
      width: 170,
      render: (_value, { limit }) => <For limit={limit} />,
    },
    ...LEVELS.map(level => ({
      title: <span className={styles[level]}>{t(`alarms.level.${level}`)}</span>,
      key: level,
      width: 120,
      render: (_value: unknown, { limit, position }: Row) => (
        <Threshold
          limit={limit}
          level={level}
          problem={problems[`${position}.${level}`]}
          onValue={value => change(position, { [level]: value })}
        />
      ),
    })),
    {
      title: t('alarms.limits.unit'),
      key: 'unit',
      width: 64,
      render: (_value, { limit }) => t(`alarms.unit.${KIND_FORMS[limit.kind].unit}`),
    },
    {
      title: (
        <Tooltip title={t('alarms.limits.least-calls.what')}>
          <span>{t('alarms.limits.least-calls')}</span>
        </Tooltip>
      ),
      key: 'leastCalls',
      width: 120,
      render: (_value, { limit, position }) =>
        KIND_FORMS[limit.kind].unit === 'percent' && (
          <InputNumber
            min={0}
            max={100_000}
            precision={0}
            value={limit.leastCalls}
            onChange={value => change(position, { leastCalls: value })}
          />
        ),
    },
    {
      title: t('alarms.limits.active'),
      key: 'active',
      width: 120,
      render: (_value, { limit, position }) => (
        <span className={styles.active}>
          <Switch
            size="small"
            checked={limit.active}
            onChange={active => change(position, { active })}
            aria-label={t('alarms.limits.active')}
          />
          {(limit.queue !== null || limit.reason !== null) && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('alarms.limits.remove')}
              onClick={() => onLimits(limits.filter((_limit, at) => at !== position))}
            />
          )}
        </span>
      ),
    },
  ]
  return (
    <Table
      size="small"
      rowKey={({ limit }) => [limit.kind, limit.queue, limit.reason].join('/')}
      rowClassName={({ limit }) => (limit.active ? '' : (styles.inactive ?? ''))}
      columns={columns}
      dataSource={limits.map((limit, position) => ({ limit, position }))}
      pagination={false}
      data-testid="alarm-limits"
    />
  )
}

function Kind({ limit }: { readonly limit: AlarmLimit }) {
  const { t } = useWords()
  if (limit.queue !== null || limit.reason !== null) return <span className={styles.narrower}>└</span>
  return (
    <>
      {t(`alarms.kind.${limit.kind}`)}{' '}
      <small className={styles.quiet}>{t(`alarms.what.${limit.kind}`)}</small>
    </>
  )
}

function For({ limit }: { readonly limit: AlarmLimit }) {
  const { t } = useWords()
  const nameOfQueue = useQueueNames()
  const { nameOfReason } = useNotReadyReasons()
  if (limit.queue !== null) return nameOfQueue(limit.queue)
  if (limit.reason !== null) return nameOfReason(limit.reason)
  const wholes = {
    queue: 'alarms.limits.for.all-queues',
    reason: 'alarms.limits.for.all-reasons',
    seat: 'alarms.limits.for.seats',
    hotline: 'alarms.limits.for.hotline',
  } as const
  return <span className={styles.quiet}>{t(wholes[KIND_FORMS[limit.kind].of])}</span>
}

interface ThresholdProps {
  readonly limit: AlarmLimit
  readonly level: AlarmLevel
  readonly problem: string | undefined
  readonly onValue: (value: number | null) => void
}

function Threshold({ limit, level, problem, onValue }: ThresholdProps) {
  const { t } = useWords()
  const scale = scaleOf(limit.kind)
  const value = limit[level]
  return (
    <Tooltip title={problem === undefined ? undefined : t(problemText(problem))}>
      <InputNumber
        className={css(styles.field)}
        min={0}
        max={86_400_000 / scale}
        value={value === null ? null : value / scale}
        placeholder={t('alarms.limits.none')}
        disabled={!limit.active}
        {...(problem === undefined ? {} : { status: 'error' as const })}
        onChange={given => onValue(given === null ? null : Math.round(given * scale))}
        data-testid={`limit-${limit.kind}-${limit.queue ?? limit.reason ?? 'all'}-${level}`}
      />
    </Tooltip>
  )
}

function problemText(problem: string): PlainTextKey {
  const key = `alarms.limits.problem.${problem}`
  return isProblemKey(key) ? key : 'alarms.limits.problem.other'
}

function isProblemKey(key: string): key is Extract<PlainTextKey, `alarms.limits.problem.${string}`> {
  return key in TEXTS
}
