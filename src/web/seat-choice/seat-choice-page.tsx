import { DesktopOutlined, PhoneOutlined, SearchOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, ConfigProvider, Empty, Input, Segmented, Spin } from 'antd'
import { useState } from 'react'
import type { MySeat, SeatRow } from '../../floor/seats/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { get, post } from '../kit/api.ts'
import type { PhoneKind } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { LanguageButton } from '../kit/language-button.tsx'
import { Mark } from '../kit/mark.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { browserMemory } from '../kit/remembered.ts'
import { barTheme } from '../kit/theme.ts'
import { useSignOut } from '../kit/use-sign-out.ts'
import { useInShell } from '../shell/in-bar.tsx'
import styles from './seat-choice.module.css'
import { chosenSeat, isFree, matchingSeats, type Occupancy } from './seat-filter.ts'
import { SeatTile } from './seat-tile.tsx'

const SEATS_EVERY_MS = 5_000

export default function SeatChoicePage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const inShell = useInShell()
  return (
    <div className={styles.page}>
      {!inShell && <Bar me={me} />}
      {me.agentNumber === null ? (
        <main className={styles.main}>
          <Alert type="warning" showIcon title={t('seats.no-number')} data-testid="no-agent-number" />
        </main>
      ) : (
        <SeatChoice />
      )}
    </div>
  )
}

function Bar({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const signOut = useSignOut()
  return (
    <header className={styles.top}>
      <Mark />
      <strong>{t('app.name')}</strong>
      <span className={styles.who}>
        {me.name}
        {me.agentNumber !== null && <> · {t('bar.agent', { number: me.agentNumber })}</>}
      </span>
      <ConfigProvider theme={barTheme}>
        <LanguageButton />
        <Button
          type="text"
          onClick={() => signOut.mutate()}
          loading={signOut.isPending}
          data-testid="sign-out"
        >
          {t('bar.sign-out')}
        </Button>
      </ConfigProvider>
    </header>
  )
}

function SeatChoice() {
  const { t } = useWords()
  const queries = useQueryClient()
  const lastSeat = browserMemory.read('seat')
  const [picked, setPicked] = useState(lastSeat)
  const [search, setSearch] = useState('')
  const [occupancy, setOccupancy] = useState<Occupancy>('all')
  const [phone, setPhone] = useState<PhoneKind>(browserMemory.read('phone') === 'sip' ? 'sip' : 'browser')
  const seats = useQuery({
    queryKey: ['seats'],
    queryFn: () => get<readonly SeatRow[]>('/api/seats'),
    refetchInterval: SEATS_EVERY_MS,
  })
  const take = useMutation({
    mutationFn: (seat: string) => post<MySeat>('/api/my-seat', { seat, phone }),
    onSuccess: (mySeat, seat) => {
      browserMemory.write('seat', seat)
      browserMemory.write('phone', phone)
      queries.setQueryData(['my-seat'], mySeat)
    },
    onError: () => queries.invalidateQueries({ queryKey: ['seats'] }),
  })
  const all = seats.data ?? []
  const shown = matchingSeats(all, search, occupancy)
  const chosen = chosenSeat(shown, picked)
  const freeCount = all.filter(isFree).length

  return (
    <form
      className={styles.main}
      onSubmit={event => {
        event.preventDefault()
        if (chosen !== null && !take.isPending) take.mutate(chosen)
      }}
    >
      <div className={styles.tools}>
        <h1>{t('seats.title')}</h1>
        <Input
          className={css(styles.search)}
          prefix={<SearchOutlined />}
          placeholder={t('seats.search')}
          aria-label={t('seats.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
          allowClear
          autoFocus
          data-testid="seat-search"
        />
        <Segmented<Occupancy>
          value={occupancy}
          onChange={setOccupancy}
          options={[
            { value: 'all', label: t('seats.all', { count: all.length }) },
            { value: 'free', label: t('seats.free', { count: freeCount }) },
            { value: 'taken', label: t('seats.taken', { count: all.length - freeCount }) },
          ]}
        />
      </div>
      <fieldset className={styles.room} aria-label={t('seats.title')}>
        {shown.map(seat => (
          <SeatTile
            key={seat.number}
            seat={seat}
            picked={seat.number === chosen}
            last={seat.number === lastSeat}
            onPick={setPicked}
          />
        ))}
        {seats.isPending && <Spin className={css(styles.nothing)} />}
        {seats.isSuccess && shown.length === 0 && (
          <Empty
            className={css(styles.nothing)}
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t('seats.none')}
          />
        )}
        {seats.isError && (
          <Alert className={css(styles.nothing)} type="error" showIcon title={t(problemKey(seats.error))} />
        )}
      </fieldset>
      <footer className={styles.foot}>
        <PhoneChoice phone={phone} onChange={setPhone} />
        <div className={styles.taking}>
          {take.isError && (
            <Alert type="error" showIcon title={t(problemKey(take.error))} data-testid="seat-error" />
          )}
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            disabled={chosen === null}
            loading={take.isPending}
            data-testid="seat-take"
          >
            {chosen === null ? t('seats.pick') : t('seats.take', { seat: chosen })}
          </Button>
          <small>{t('seats.keys')}</small>
        </div>
      </footer>
    </form>
  )
}

function PhoneChoice({
  phone,
  onChange,
}: {
  readonly phone: PhoneKind
  readonly onChange: (phone: PhoneKind) => void
}) {
  const { t } = useWords()
  const kinds = [
    { kind: 'browser', icon: <DesktopOutlined />, name: t('seats.browser'), what: t('seats.browser.what') },
    { kind: 'sip', icon: <PhoneOutlined />, name: t('seats.sip'), what: t('seats.sip.what') },
  ] as const
  return (
    <fieldset className={styles.phones}>
      <legend>{t('seats.phone')}</legend>
      {kinds.map(({ kind, icon, name, what }) => (
        <label key={kind} className={styles.phone} data-testid={`phone-${kind}`}>
          <input type="radio" name="phone" checked={phone === kind} onChange={() => onChange(kind)} />
          {icon}
          <span>
            <b>{name}</b>
            <small>{what}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
