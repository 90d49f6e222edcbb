import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, type InputRef } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import type { FloorView } from '../../floor/supervision/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Opening } from '../kit/whole-page.tsx'
import { AlarmStrip } from './alarm-strip.tsx'
import { Figures } from './figures.tsx'
import styles from './floor.module.css'
import { FloorLink } from './floor-link.tsx'
import { QueuePanels } from './queue-panels.tsx'
import { SeatDrawer } from './seat-drawer.tsx'
import { SeatGrid } from './seat-grid.tsx'
import { SeatTools } from './seat-tools.tsx'
import { type Filter, seatsShown } from './seats-shown.ts'
import { useFloor } from './use-floor.ts'
import { useFloorKeys } from './use-floor-keys.ts'
import { useWatch } from './use-watch.ts'
import { useWatchKeys } from './use-watch-keys.ts'
import { WatchBar } from './watch-bar.tsx'
import { isWatchPossible, ownSeat, watchedSeat } from './watching.ts'

/** The shift lead's live floor (班长台): the room, the queues, today's figures, and what needs a look now. */
export default function ShiftLeadPage({ me }: { readonly me: Me }) {
  const queries = useQueryClient()
  const { view, alarms, link } = useFloor(() => queries.invalidateQueries({ queryKey: ['session'] }))
  const { t } = useWords()
  return (
    <div className={styles.page}>
      <FloorLink link={link} />
      {link === 'lost' && <Alert type="error" banner title={t('floor.link.lost.what')} />}
      {view === null ? <Opening /> : <Floor me={me} view={view} alarms={alarms} />}
    </div>
  )
}

interface Props {
  readonly me: Me
  readonly view: FloorView
  readonly alarms: readonly AlarmView[]
}

function Floor({ me, view, alarms }: Props) {
  const { t } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const searchField = useRef<InputRef>(null)
  const alarmed = useSteadySet(alarms.flatMap(({ seat }) => seat ?? []))
  const waits = alarms.filter(({ kind }) => kind === 'caller-waits')
  const late = useSteadySet(waits.flatMap(({ callId }) => callId ?? []))
  const shown = seatsShown(view.seats, filter, search, alarmed)
  useFloorKeys({ search: () => searchField.current?.focus(), filter: setFilter })
  const own = ownSeat(view.seats, me.agentNumber)
  const watched = watchedSeat(view.seats, own)
  const openedSeat = view.seats.find(seat => seat.number === opened) ?? null
  const control = useWatch()
  const target = openedSeat ?? watched
  useWatchKeys(
    target === null
      ? null
      : act => {
          if (isWatchPossible(act, target, own)) control.act(target.number, act)
        },
  )
  const open = useCallback((number: string) => setOpened(number), [])
  const showAll = () => {
    setFilter('all')
    setSearch('')
  }
  return (
    <main className={styles.main}>
      {watched !== null && own !== null && (
        <WatchBar seat={watched} own={own} control={control} onOpen={open} />
      )}
      <Figures view={view} late={late.size > 0} />
      <AlarmStrip alarms={alarms} queues={view.queues} onSeat={open} />
      <div className={styles.floor}>
        <section className={styles.room} aria-label={t('seats.title')}>
          <SeatTools
            seats={view.seats}
            alarmed={alarmed}
            filter={filter}
            onFilter={setFilter}
            search={search}
            onSearch={setSearch}
            searchField={searchField}
          />
          {shown.length === 0 ? (
            <NoSeats nobody={view.seats.length === 0} onShowAll={showAll} />
          ) : (
            <SeatGrid seats={shown} alarmed={alarmed} chosen={opened} onOpen={open} />
          )}
        </section>
        <QueuePanels queues={view.queues} seats={view.seats} at={Date.parse(view.at)} late={late} />
      </div>
      <SeatDrawer
        opened={opened}
        seat={openedSeat}
        own={own}
        control={control}
        onClose={() => setOpened(null)}
      />
    </main>
  )
}

function NoSeats({ nobody, onShowAll }: { readonly nobody: boolean; readonly onShowAll: () => void }) {
  const { t } = useWords()
  return (
    <Empty
      className={styles.nothing ?? ''}
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        nobody ? (
          <>
            <b>{t('floor.empty')}</b>
            <br />
            {t('floor.empty.what')}
          </>
        ) : (
          t('floor.none')
        )
      }
    >
      {!nobody && <Button onClick={onShowAll}>{t('floor.show-all')}</Button>}
    </Empty>
  )
}

/** The same set for the same members, so that what hangs on it is not drawn anew each second. */
function useSteadySet(members: readonly string[]): ReadonlySet<string> {
  const key = members.join(' ')
  return useMemo(() => new Set(key === '' ? [] : key.split(' ')), [key])
}
