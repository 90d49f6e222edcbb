import { AimOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { QueueIntervals } from '../../insight/intervals/schema.ts'
import type { ErlangAnswer, ErlangQuestion } from '../../insight/planning/schema.ts'
import { codeOf, post } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { mean, percent } from '../kit/figures.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './planner.module.css'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  /** The period on the page: its busiest interval is where planning begins. */
  readonly found: QueueIntervals | null
}

interface Wish {
  readonly calls: number
  readonly minutes: number
  readonly ahtS: number
  readonly level: number
  readonly withinS: number
  readonly patienceS: number
  readonly maxOccupancy: number
}

/** A general hotline in its busy hour: 100 Erlang. */
const USUAL: Wish = {
  calls: 600,
  minutes: 15,
  ahtS: 150,
  level: 95,
  withinS: 15,
  patienceS: 120,
  maxOccupancy: 90,
}
const MINUTES = [15, 30, 60] as const

export function Planner({ open, onClose, found }: Props) {
  const { t } = useWords()
  const [wish, setWish] = useState(USUAL)
  const change = (changed: Partial<Wish>) => setWish({ ...wish, ...changed })
  const busiest = found === null ? null : busiestOf(found)
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={760}
      title={t('planner.title')}
      destroyOnHidden
      data-testid="planner"
    >
      <Form layout="vertical" className={styles.form ?? ''}>
        <Form.Item label={t('planner.calls')} className={styles.wide ?? ''}>
          <div className={styles.volume}>
            <Field
              value={wish.calls}
              min={1}
              max={100_000}
              onChange={calls => change({ calls })}
              testId="calls"
            />
            <Select
              value={wish.minutes}
              onChange={minutes => change({ minutes })}
              options={MINUTES.map(value => ({
                value,
                label: `${t('planner.interval')} ${t('planner.minutes', { count: value })}`,
              }))}
            />
            <Button
              icon={<AimOutlined />}
              disabled={busiest === null}
              onClick={() => busiest !== null && change(busiest)}
              data-testid="planner-take"
            >
              {t('planner.take')}
            </Button>
          </div>
        </Form.Item>
        <Form.Item label={t('planner.aht')}>
          <Field value={wish.ahtS} min={10} max={7_200} onChange={ahtS => change({ ahtS })} testId="aht" />
        </Form.Item>
        <Form.Item label={t('planner.level')}>
          <Field value={wish.level} min={1} max={99.9} onChange={level => change({ level })} testId="level" />
        </Form.Item>
        <Form.Item label={t('planner.within')}>
          <Field
            value={wish.withinS}
            min={0}
            max={600}
            onChange={withinS => change({ withinS })}
            testId="within"
          />
        </Form.Item>
        <Form.Item label={t('planner.patience')}>
          <Field
            value={wish.patienceS}
            min={1}
            max={3_600}
            onChange={patienceS => change({ patienceS })}
            testId="patience"
          />
        </Form.Item>
        <Form.Item label={t('planner.occupancy')}>
          <Field
            value={wish.maxOccupancy}
            min={5}
            max={100}
            onChange={maxOccupancy => change({ maxOccupancy })}
            testId="occupancy"
          />
        </Form.Item>
      </Form>
      {open && (
        <div className={styles.models}>
          <Model question={questionOf(wish)} title={t('planner.c')} testId="erlang-c" />
          <Model
            question={{ ...questionOf(wish), patienceS: wish.patienceS }}
            title={t('planner.a')}
            testId="erlang-a"
          />
        </div>
      )}
    </Drawer>
  )
}

function questionOf(wish: Wish): ErlangQuestion {
  return {
    calls: wish.calls,
    intervalS: wish.minutes * 60,
    ahtS: wish.ahtS,
    serviceLevel: wish.level / 100,
    withinS: wish.withinS,
    maxOccupancy: wish.maxOccupancy / 100,
  }
}

/** Of a period counted by the hour or quarter; null when nobody was answered, so that no handling time is known. */
function busiestOf({ rows, total, step }: QueueIntervals): Pick<Wish, 'calls' | 'minutes' | 'ahtS'> | null {
  const calls = Math.max(0, ...rows.map(row => row.offered))
  const ahtMs = total.handling.whole.meanMs
  if (calls === 0 || ahtMs === null) return null
  return { calls, minutes: step === '1h' ? 60 : 15, ahtS: Math.max(10, Math.round(ahtMs / 1_000)) }
}

function Field(props: {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
  readonly testId: string
}) {
  return (
    <InputNumber
      className={styles.field ?? ''}
      value={props.value}
      min={props.min}
      max={props.max}
      onChange={value => value !== null && props.onChange(value)}
      data-testid={`planner-${props.testId}`}
    />
  )
}

function Model({
  question,
  title,
  testId,
}: {
  readonly question: ErlangQuestion
  readonly title: string
  readonly testId: string
}) {
  const { t } = useWords()
  const plan = useQuery({
    queryKey: ['erlang', question],
    queryFn: () => post<ErlangAnswer>('/api/planning/erlang', question),
    placeholderData: keepPreviousData,
  })
  return (
    <section className={styles.model} data-testid={testId}>
      <h3>{title}</h3>
      {plan.isError && (
        <Alert
          type="warning"
          showIcon
          title={t(codeOf(plan.error) === 'bad-input' ? 'planner.too-many' : problemKey(plan.error))}
        />
      )}
      {plan.data !== undefined && !plan.isError && <Plan plan={plan.data} />}
    </section>
  )
}

function Plan({ plan }: { readonly plan: ErlangAnswer }) {
  const { t } = useWords()
  const givesUp = plan.model === 'erlang-a'
  return (
    <>
      <p className={styles.needed}>
        {t('planner.needed')} <b>{plan.needed.agents}</b>
        <small>{t('planner.traffic', { erlang: plan.trafficErlang.toFixed(1) })}</small>
      </p>
      <table className={styles.around}>
        <thead>
          <tr>
            <th>{t('planner.agents')}</th>
            <th>{t('planner.table.level')}</th>
            <th>{t('planner.table.asa')}</th>
            <th>{t('planner.table.occupancy')}</th>
            <th>{t(givesUp ? 'planner.table.abandons' : 'planner.table.waits')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.around.map(row => (
            <tr key={row.agents} className={css(row.agents === plan.needed.agents && styles.chosen)}>
              <td>{row.agents}</td>
              <td>{percent(row.serviceLevel)}</td>
              <td>{row.asaS === null ? t('planner.endless') : mean(row.asaS * 1_000)}</td>
              <td>{percent(row.occupancy)}</td>
              <td>{percent(givesUp ? row.abandonment : row.waitProbability)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
