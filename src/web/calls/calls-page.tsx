import {
  DownloadOutlined,
  LeftOutlined,
  ReloadOutlined,
  RightOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { Alert, Button, Empty, Input, type InputRef, Segmented, Select, Space } from 'antd'
import { useRef, useState } from 'react'
import type { CallRow } from '../../floor/call-records/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dayAfter } from '../kit/period.ts'
import { problemKey } from '../kit/problem-text.ts'
import { useToday } from '../kit/use-today.ts'
import { goTo, usePlace } from '../shell/place.ts'
import { CallDrawer } from './call-drawer.tsx'
import { CallTable } from './call-table.tsx'
import styles from './calls.module.css'
import { csvUrl, DIRECTIONS, type Filter, RESULTS, useAgents, useCalls } from './use-calls.ts'
import { useListKeys } from './use-list-keys.ts'

const PATH = 'calls'

/** The calls of a day (通话记录): one's own, or everybody's for overseers; `#/calls/<id>` opens one in full. */
export default function CallsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const today = useToday()
  const [asked, setAsked] = useState<Omit<Filter, 'day'>>(NO_FILTER)
  const [chosenDay, setChosenDay] = useState<string | null>(null)
  const search = useRef<InputRef>(null)
  const [opened = null] = usePlace().rest
  const [chosen, setChosen] = useState<string | null>(null)
  const filter = { ...asked, day: chosenDay ?? today }
  const overseer = me.role !== 'agent'
  const list = useCalls(filter, overseer ? 'all' : 'mine', filter.day === today)
  const calls = list.data?.pages.flatMap(page => page.items) ?? []
  const open = (call: string) => {
    setChosen(call)
    goTo(PATH, call)
  }
  const move = (by: 1 | -1) => {
    const next = neighbour(calls, opened ?? chosen, by)
    if (next === null) return
    if (opened === null) setChosen(next)
    else open(next)
  }
  useListKeys({
    next: () => move(1),
    previous: () => move(-1),
    open: () => chosen !== null && open(chosen),
    search: () => search.current?.focus(),
  })
  const change = (part: Partial<typeof asked>) => setAsked({ ...asked, ...part })
  const filtered = JSON.stringify(asked) !== JSON.stringify(NO_FILTER)
  return (
    <main className={styles.page} data-testid="calls-page">
      <header className={styles.tools}>
        <h1>{t('call-log.title')}</h1>
        <DayChoice day={filter.day} today={today} onDay={setChosenDay} />
        <Segmented<string>
          value={asked.direction ?? ''}
          onChange={value => change({ direction: DIRECTIONS.find(one => one === value) ?? null })}
          options={[
            { value: '', label: t('call-log.all') },
            ...DIRECTIONS.map(value => ({ value, label: t(`call-log.direction.${value}`) })),
          ]}
          aria-label={t('call-log.direction')}
          data-testid="calls-direction"
        />
        <ResultSelect value={asked.result} onChange={result => change({ result })} />
        {overseer && <AgentSelect value={asked.staff} onChange={staff => change({ staff })} />}
        <Input
          ref={search}
          className={styles.search ?? ''}
          prefix={<SearchOutlined />}
          placeholder={t('call-log.number')}
          aria-label={t('call-log.number')}
          value={asked.number}
          onChange={event => change({ number: event.target.value })}
          onKeyDown={event => event.key === 'Escape' && change({ number: '' })}
          allowClear
          data-testid="calls-search"
        />
        <span className={styles.gap} />
        {overseer && (
          <Button icon={<DownloadOutlined />} href={csvUrl(filter)} download data-testid="calls-csv">
            {t('call-log.csv')}
          </Button>
        )}
        <Button
          icon={<ReloadOutlined />}
          loading={list.isRefetching}
          onClick={() => void list.refetch()}
          title={t('call-log.refresh')}
          aria-label={t('call-log.refresh')}
        />
      </header>
      {list.isError && <Alert type="error" showIcon title={t(problemKey(list.error))} />}
      <CallTable
        calls={calls}
        loading={list.isPending}
        chosen={opened ?? chosen}
        onOpen={open}
        empty={
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(filtered ? 'call-log.none.found' : 'call-log.none')}
          />
        }
      />
      <footer className={styles.foot}>
        <small>
          {t('call-log.count', { count: `${calls.length}${list.hasNextPage ? '+' : ''}` })} ·{' '}
          {t('call-log.keys')}
        </small>
        {list.hasNextPage && (
          <Button
            type="link"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
            data-testid="calls-more"
          >
            {t('call-log.more')}
          </Button>
        )}
      </footer>
      <CallDrawer id={opened} onOpen={open} onClose={() => goTo(PATH)} />
    </main>
  )
}

const NO_FILTER: Omit<Filter, 'day'> = { direction: null, result: null, staff: null, number: '' }

/** The call before or after the chosen one; the first when none is. */
function neighbour(calls: readonly CallRow[], chosen: string | null, by: 1 | -1): string | null {
  const at = calls.findIndex(({ id }) => id === chosen)
  const to = at < 0 ? 0 : Math.min(calls.length - 1, Math.max(0, at + by))
  return calls[to]?.id ?? null
}

function DayChoice(props: {
  readonly day: string
  readonly today: string
  readonly onDay: (day: string | null) => void
}) {
  const { t } = useWords()
  const { day, today, onDay } = props
  const to = (other: string) => onDay(other === today ? null : other)
  return (
    <Space.Compact>
      <Button
        icon={<LeftOutlined />}
        aria-label={t('call-log.before')}
        onClick={() => to(dayAfter(day, -1))}
        data-testid="calls-day-before"
      />
      <Input
        type="date"
        className={styles.day ?? ''}
        value={day}
        max={today}
        aria-label={t('call-log.day')}
        onChange={event => to(event.target.value || today)}
        data-testid="calls-day"
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t('call-log.after')}
        disabled={day >= today}
        onClick={() => to(dayAfter(day, 1))}
      />
      <Button disabled={day === today} onClick={() => onDay(null)}>
        {t('call-log.today')}
      </Button>
    </Space.Compact>
  )
}

function ResultSelect(props: {
  readonly value: Filter['result']
  readonly onChange: (result: Filter['result']) => void
}) {
  const { t } = useWords()
  return (
    <Select<NonNullable<Filter['result']>>
      className={styles.result ?? ''}
      value={props.value}
      onChange={result => props.onChange(result ?? null)}
      placeholder={t('call-log.any-result')}
      aria-label={t('call-log.result')}
      allowClear
      options={[
        ...RESULTS.map(value => ({ value, label: t(`result.${value}`) })),
        { value: 'running', label: t('calls.running') },
      ]}
      data-testid="calls-result"
    />
  )
}

function AgentSelect(props: {
  readonly value: string | null
  readonly onChange: (staff: string | null) => void
}) {
  const { t } = useWords()
  const agents = useAgents()
  return (
    <Select<string>
      className={styles.agent ?? ''}
      value={props.value}
      onChange={staff => props.onChange(staff ?? null)}
      placeholder={t('call-log.any-agent')}
      aria-label={t('call-log.agent')}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={agents.map(({ id, name, agentNumber }) => ({ value: id, label: `${agentNumber} ${name}` }))}
      data-testid="calls-agent"
    />
  )
}
