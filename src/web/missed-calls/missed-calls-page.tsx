import { ReloadOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Empty, Input, type InputRef, Segmented, Select } from 'antd'
import { useRef, useState } from 'react'
import type { LineView } from '../../floor/lines/schema.ts'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { useMySeat } from '../shell/my-seat.ts'
import { DESK } from '../shell/nav-entries.ts'
import { goTo } from '../shell/place.ts'
import { ClosingDialog } from './closing-dialog.tsx'
import { actsOn, moved, whyNoSeat } from './keys.ts'
import { MissedCallTable } from './missed-call-table.tsx'
import styles from './missed-calls.module.css'
import { useListKeys } from './use-list-keys.ts'

import { type Filter, SHOWN, type Shown, useAct, useCallBack, useMissedCalls } from './use-missed-calls.ts'

/** Callers who left unanswered (未接来电), to be called back: who, how often, how long ago, and who sees to it. */
export default function MissedCallsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [filter, setFilter] = useState<Filter>({ shown: 'waiting', line: null, number: '' })
  const [chosen, setChosen] = useState<number | null>(null)
  const [closing, setClosing] = useState<{ call: MissedCall; as: 'reached' | 'given-up' } | null>(null)
  const search = useRef<InputRef>(null)
  const list = useMissedCalls(filter)
  const act = useAct()
  const calls = list.data?.pages.flatMap(page => page.items) ?? []
  const now = calls.find(({ id }) => id === chosen) ?? null
  const failed = (error: unknown) => message.error(t(problemKey(error)))
  const seat = useMySeat()
  const callBack = useCallBack({ onError: failed, onDone: () => goTo(DESK.path) })
  const blocked = seat === null ? whyNoSeat(me) : null
  const dial = (call: MissedCall) => {
    if (blocked === null && actsOn(call, me).close && !callBack.isPending) callBack.mutate(call)
  }
  const claimOrReturn = (call: MissedCall) => {
    const may = actsOn(call, me)
    const wanted = may.claim ? 'claim' : may.release ? 'release' : null
    if (wanted !== null) act.mutate({ call: call.id, act: wanted }, { onError: failed })
  }
  const close = (call: MissedCall, as: 'reached' | 'given-up') => {
    if (actsOn(call, me).close) setClosing({ call, as })
  }
  useListKeys(closing === null, {
    next: () => setChosen(moved(calls, chosen, 1)),
    previous: () => setChosen(moved(calls, chosen, -1)),
    search: () => search.current?.focus(),
    claim: () => now !== null && claimOrReturn(now),
    'call-back': () => now !== null && dial(now),
    reached: () => now !== null && close(now, 'reached'),
    'given-up': () => now !== null && close(now, 'given-up'),
  })
  const filtered = filter.line !== null || filter.number !== '' || filter.shown !== 'waiting'
  return (
    <main className={styles.page} data-testid="missed-calls">
      <header className={styles.tools}>
        <h1>{t('missed-calls.title')}</h1>
        <Segmented<Shown>
          value={filter.shown}
          onChange={shown => setFilter({ ...filter, shown })}
          options={SHOWN.map(value => ({ value, label: t(`missed-calls.show.${value}`) }))}
          data-testid="missed-shown"
        />
        <LineSelect value={filter.line} onChange={line => setFilter({ ...filter, line })} />
        <Input
          ref={search}
          className={styles.search ?? ''}
          prefix={<SearchOutlined />}
          placeholder={t('missed-calls.search')}
          aria-label={t('missed-calls.search')}
          value={filter.number}
          onChange={event => setFilter({ ...filter, number: event.target.value })}
          onKeyDown={event => event.key === 'Escape' && setFilter({ ...filter, number: '' })}
          allowClear
          data-testid="missed-search"
        />
        <span className={styles.gap} />
        <span className={styles.quiet}>
          {t('missed-calls.count', { count: `${calls.length}${list.hasNextPage ? '+' : ''}` })}
        </span>
        <Button icon={<ReloadOutlined />} loading={list.isRefetching} onClick={() => void list.refetch()}>
          {t('missed-calls.refresh')}
        </Button>
      </header>
      {list.isError && <Alert type="error" showIcon title={t(problemKey(list.error))} />}
      <MissedCallTable
        calls={calls}
        me={me}
        loading={list.isPending}
        chosen={chosen}
        onChoose={setChosen}
        onClaimOrReturn={claimOrReturn}
        onClose={close}
        onDial={dial}
        blocked={blocked}
        dialling={callBack.isPending ? callBack.variables.id : null}
        empty={<NoCalls filtered={filtered} />}
      />
      <footer className={styles.foot}>
        <small>{t('missed-calls.keys')}</small>
        {list.hasNextPage && (
          <Button type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('missed-calls.more')}
          </Button>
        )}
      </footer>
      {closing !== null && (
        <ClosingDialog
          call={closing.call}
          as={closing.as}
          busy={act.isPending}
          onCancel={() => setClosing(null)}
          onConfirm={note =>
            act.mutate(
              { call: closing.call.id, act: closing.as, note },
              { onError: failed, onSettled: () => setClosing(null) },
            )
          }
        />
      )}
    </main>
  )
}

function LineSelect({
  value,
  onChange,
}: {
  readonly value: string | null
  readonly onChange: (line: string | null) => void
}) {
  const { t } = useWords()
  const lines = useQuery({ queryKey: ['lines'], queryFn: () => get<readonly LineView[]>('/api/lines') })
  return (
    <Select
      className={styles.line ?? ''}
      value={value}
      onChange={chosen => onChange(chosen ?? null)}
      placeholder={t('missed-calls.line')}
      aria-label={t('missed-calls.line')}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={(lines.data ?? []).map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
      data-testid="missed-line"
    />
  )
}

function NoCalls({ filtered }: { readonly filtered: boolean }) {
  const { t } = useWords()
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        filtered ? (
          t('missed-calls.none.found')
        ) : (
          <>
            <b>{t('missed-calls.none')}</b>
            <br />
            {t('missed-calls.none.what')}
          </>
        )
      }
    />
  )
}
