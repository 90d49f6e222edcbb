import { Alert, Button, Empty, type InputRef, Spin } from 'antd'
import { useRef, useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useSettled } from '../kit/use-settled.ts'
import { goTo, usePlace } from '../shell/place.ts'
import { CasePanel } from './case-panel.tsx'
import styles from './cases.module.css'
import { ExportButton } from './export-button.tsx'
import { FreshBar } from './fresh-bar.tsx'
import { ListFilters } from './list-filters.tsx'
import { ListTabs } from './list-tabs.tsx'
import { OrderRows } from './order-rows.tsx'
import { queryOf, tabsOf } from './tabs.ts'
import { useCalmList } from './use-calm-list.ts'
import { useListKeys } from './use-list-keys.ts'
import { type Filter, useFound } from './use-orders.ts'

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
  const open = usePlace().rest[0] ?? null
  const { query: list, rows, fresh, renew } = useCalmList({ ...chosen, text }, open)
  const [marked, setMarked] = useState<string | null>(null)
  const search = useRef<InputRef>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const step = (by: 1 | -1) => {
    const index = rows.findIndex(({ order }) => order.id === (marked ?? open))
    const next = rows[index === -1 ? 0 : Math.min(Math.max(index + by, 0), rows.length - 1)]
    if (next !== undefined) setMarked(next.order.id)
  }
  const renewed = () => {
    renew()
    scroll.current?.scrollTo({ top: 0 })
  }
  useListKeys({
    next: () => step(1),
    previous: () => step(-1),
    open: () => marked !== null && goTo('orders', marked),
    search: () => search.current?.focus(),
    renew: renewed,
  })
  const change = (part: Partial<Filter>) => {
    setChosen({ ...chosen, ...part })
    setMarked(null)
  }
  const filtered = text.trim() !== '' || [chosen.type, chosen.priority, chosen.unit].some(one => one !== null)
  const found = useFound({ ...chosen, text }, filtered)
  const several = ['overdue', 'mine', 'all'].includes(chosen.tab)
  return (
    <main className={css(styles.page)} data-testid="orders">
      <section className={styles.list}>
        <ListTabs tabs={tabs} chosen={chosen.tab} onChoose={tab => change({ tab })} />
        <ListFilters chosen={chosen} onChange={change} search={search}>
          {me.rights.includes('export') && <ExportButton filter={{ ...chosen, text }} />}
        </ListFilters>
        {list.isError && <Alert type="error" showIcon title={t(problemKey(list.error))} />}
        <FreshBar
          fresh={fresh}
          gone={rows.filter(row => row.gone).length}
          calm={t(queryOf(chosen.tab).sort === 'due' ? 'orders.due-first' : 'orders.newest-first')}
          onRenew={renewed}
        />
        <div ref={scroll} className={styles.scroll}>
          {list.isPending && <Spin className={styles.opening ?? ''} />}
          {list.isSuccess && rows.length === 0 && <None filtered={filtered} mine={!several} />}
          <OrderRows rows={rows} marked={marked} open={open} showStatus={several} />
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
