import { SearchOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Input, type InputRef, Select, Spin } from 'antd'
import { useRef, useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWorkOrderTypes } from '../agent/use-catalogues.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useSettled } from '../kit/use-settled.ts'
import { goTo, usePlace } from '../shell/place.ts'
import { CasePanel } from './case-panel.tsx'
import styles from './cases.module.css'
import { OrderRows } from './order-rows.tsx'
import { type Tab, tabsOf } from './tabs.ts'
import { UnitPicker } from './unit-picker.tsx'
import { useListKeys } from './use-list-keys.ts'
import { type Filter, useCounts, useFound, useOrders } from './use-orders.ts'

const SEARCH_AFTER_MS = 250

/** Orders (工单): at the left what waits for whoever looks, at the right one case with all that can be done to it. */
export default function CasesPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const tabs = tabsOf(me)
  const [chosen, setChosen] = useState<Filter>({
    tab: tabs[0] ?? 'all',
    text: '',
    type: null,
    priority: null,
    unit: null,
  })
  const text = useSettled(chosen.text, SEARCH_AFTER_MS)
  const list = useOrders({ ...chosen, text })
  const orders = list.data?.pages.flatMap(page => page.orders) ?? []
  const open = usePlace().rest[0] ?? null
  const [marked, setMarked] = useState<string | null>(null)
  const search = useRef<InputRef>(null)
  const step = (by: 1 | -1) => {
    const index = orders.findIndex(({ id }) => id === (marked ?? open))
    const next = orders[index === -1 ? 0 : Math.min(Math.max(index + by, 0), orders.length - 1)]
    if (next !== undefined) setMarked(next.id)
  }
  useListKeys({
    next: () => step(1),
    previous: () => step(-1),
    open: () => marked !== null && goTo('orders', marked),
    search: () => search.current?.focus(),
  })
  const change = (part: Partial<Filter>) => {
    setChosen({ ...chosen, ...part })
    setMarked(null)
  }
  const filtered = text.trim() !== '' || [chosen.type, chosen.priority, chosen.unit].some(one => one !== null)
  const found = useFound({ ...chosen, text }, filtered)
  const several = ['overdue', 'mine', 'all'].includes(chosen.tab)
  return (
    <main className={css(styles.page, open !== null && styles.withCase)} data-testid="orders">
      <section className={styles.list}>
        <Tabs tabs={tabs} chosen={chosen.tab} onChoose={tab => change({ tab })} />
        <div className={styles.filters}>
          <Input
            ref={search}
            prefix={<SearchOutlined />}
            placeholder={t('orders.search')}
            aria-label={t('orders.search')}
            maxLength={100}
            value={chosen.text}
            onChange={event => change({ text: event.target.value })}
            onKeyDown={event => event.key === 'Escape' && change({ text: '' })}
            allowClear
            data-testid="orders-search"
          />
          <Filters chosen={chosen} onChange={change} />
        </div>
        {list.isError && <Alert type="error" showIcon title={t(problemKey(list.error))} />}
        <div className={styles.scroll}>
          {list.isPending && <Spin className={styles.opening ?? ''} />}
          {list.isSuccess && orders.length === 0 && <None filtered={filtered} mine={!several} />}
          <OrderRows orders={orders} marked={marked} open={open} showStatus={several} />
          {list.hasNextPage && (
            <Button
              block
              type="link"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('orders.more')}
            </Button>
          )}
        </div>
        <footer className={styles.foot}>
          {t('orders.keys')}
          {found !== null && (
            <span className={styles.found} data-testid="orders-found">
              {t(found.more ? 'orders.found.more' : 'orders.found', { count: found.count })}
            </span>
          )}
        </footer>
      </section>
      <section className={styles.right}>
        {open === null ? <NoneOpen /> : <CasePanel key={open} id={open} me={me} />}
      </section>
    </main>
  )
}

function Tabs(props: {
  readonly tabs: readonly Tab[]
  readonly chosen: Tab
  readonly onChoose: (tab: Tab) => void
}) {
  const { t } = useWords()
  const countOf = useCounts()
  return (
    <div className={styles.tabs} role="tablist">
      {props.tabs.map(tab => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === props.chosen}
          onClick={() => props.onChoose(tab)}
          data-testid={`tab-${tab}`}
        >
          {t(`orders.tab.${tab}`)}
          <Count tab={tab} count={countOf(tab)} />
        </button>
      ))}
    </div>
  )
}

function Count({ tab, count }: { readonly tab: Tab; readonly count: number | null }) {
  if (count === null || count === 0) return null
  return (
    <span className={css(styles.count, tab === 'overdue' && styles.countLate)} data-testid={`count-${tab}`}>
      {count}
    </span>
  )
}

function Filters(props: { readonly chosen: Filter; readonly onChange: (part: Partial<Filter>) => void }) {
  const { t, nameOf } = useWords()
  const types = useWorkOrderTypes()
  const { chosen, onChange } = props
  return (
    <div className={styles.selects}>
      <Select
        value={chosen.priority}
        onChange={priority => onChange({ priority: priority ?? null })}
        options={(['P0', 'P1', 'P2', 'P3'] as const).map(one => ({
          value: one,
          label: t(`case.priority.${one}`),
        }))}
        placeholder={t('orders.priority')}
        aria-label={t('orders.priority')}
        allowClear
      />
      <Select
        value={chosen.type}
        onChange={type => onChange({ type: type ?? null })}
        options={types.map(type => ({ value: type.code, label: nameOf(type) }))}
        placeholder={t('orders.type')}
        aria-label={t('orders.type')}
        allowClear
      />
      <UnitPicker value={chosen.unit} placeholder={t('orders.unit')} onChange={unit => onChange({ unit })} />
    </div>
  )
}

function None({ filtered, mine }: { readonly filtered: boolean; readonly mine: boolean }) {
  const { t } = useWords()
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        filtered || !mine ? (
          t('orders.none.found')
        ) : (
          <>
            <b>{t('orders.none')}</b>
            <br />
            {t('orders.none.what')}
          </>
        )
      }
    />
  )
}

function NoneOpen() {
  const { t } = useWords()
  return (
    <div className={styles.noneOpen}>
      <b>{t('orders.choose')}</b>
      <p>{t('orders.choose.what')}</p>
    </div>
  )
}
