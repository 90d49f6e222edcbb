import { useQueryClient } from '@tanstack/react-query'
import { App, Tooltip } from 'antd'
import { type CSSProperties, useCallback, useEffect, useMemo, useState } from 'react'
import type { MySeat, SeatView } from '../../floor/seats/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { browserMemory, tabMemory } from '../kit/remembered.ts'
import { isInCall, isOffered, isPickedUp } from '../kit/seat-states.ts'
import { STATE_COLOUR } from '../kit/theme.ts'
import { OtherTab } from '../kit/whole-page.tsx'
import { useMicrophone } from '../phone/use-microphone.ts'
import { useSoftphone } from '../phone/use-softphone.ts'
import { AgentPagesDrawer } from '../shell/agent-pages.tsx'
import { useOrderAskedFor } from '../shell/my-seat.ts'
import { DESK } from '../shell/nav-entries.ts'
import { goTo } from '../shell/place.ts'
import { HandoverGate } from '../shifts/handover-gate.tsx'
import { AnnouncementBanner } from './announcement-banner.tsx'
import { CallBar } from './call-bar.tsx'
import { CallerPanel } from './caller-panel.tsx'
import { CallsToday } from './calls-today.tsx'
import { ConsultBar, useAsideNotice } from './consult-bar.tsx'
import styles from './desk.module.css'
import { isOwnCall, isOwnTalk, picksUpByItself } from './desk-state.ts'
import { DialBox } from './dial-box.tsx'
import { IdlePanel } from './idle-panel.tsx'
import { MissedNotices } from './missed-notices.tsx'
import { OrderPanel } from './order-panel.tsx'
import { type Blocked, StateControl, whyNotReady } from './state-control.tsx'
import { TopBar } from './top-bar.tsx'
import { TransferPanel } from './transfer-panel.tsx'
import { Troubles } from './troubles.tsx'
import { UnsavedOrders } from './unsaved-orders.ts'
import { useCallControl } from './use-call-control.ts'
import { useDesk } from './use-desk.ts'
import { useOnlyDesk } from './use-only-desk.ts'
import { useRingTone, useTitleFlash } from './use-ringing.ts'
import { type TalkActs, useTalkActs } from './use-talk-acts.ts'

interface Props {
  readonly me: Me
  readonly mySeat: MySeat
}

/** One window at a time: two would register the same phone and answer each other's calls. */
export default function DeskPage(props: Props) {
  const { held, takeOver } = useOnlyDesk()
  if (held === 'elsewhere') return <OtherTab onUseHere={takeOver} />
  return held === 'here' ? <Desk {...props} /> : null
}

function Desk({ me, mySeat }: Props) {
  const { t } = useWords()
  const { notification } = App.useApp()
  const queries = useQueryClient()
  const [toAnswer, setToAnswer] = useState<string | null>(null)
  const desk = useDesk(mySeat.seat, {
    answer: setToAnswer,
    alarm: ({ code, text }) => notification.warning({ key: code, title: text, duration: 0 }),
    refused: () => {
      queries.invalidateQueries({ queryKey: ['session'] })
      queries.invalidateQueries({ queryKey: ['my-seat'] })
    },
  })
  const { seat, pop, link } = desk.state
  const aside = seat.call?.aside ?? null
  const phone = useSoftphone(mySeat.phone)
  const microphone = useMicrophone(mySeat.phone !== null)
  const onError = (error: Error) => notification.error({ key: 'control', title: t(problemKey(error)) })
  const control = useCallControl(seat, phone, {
    answer: toAnswer,
    microphoneFailed: microphone.checkAgain,
    onError,
  })
  const acts = useTalkActs(desk.seatIs, onError)
  const transfer = useTransferPanel(seat)
  useAsideNotice(seat, acts)
  const unsaved = useMemo(() => new UnsavedOrders(browserMemory, me.id), [me.id])
  const [openOrder, setOpenOrder] = useOpenOrder(me.id)
  const [unreadRefusals, setUnreadRefusals] = useState(0)
  const askedFor = useOrderAskedFor()
  useEffect(() => {
    if (askedFor === null) return
    setOpenOrder(askedFor)
    goTo(DESK.path)
  }, [askedFor, setOpenOrder])

  const calling = isOffered(seat.state) && !picksUpByItself(seat)
  useRingTone(seat.state === 'ringing' && calling)
  useTitleFlash(calling, t('pop.flash', { caller: pop?.callerNumber || t('pop.withheld') }))
  useEffect(() => {
    // Who is only asked about a call has no order to write; it opens should the call become theirs.
    if (seat.state === 'talking' && seat.purpose !== 'watch' && pop !== null) setOpenOrder(pop.draft)
  }, [seat.state, seat.purpose, pop, setOpenOrder])
  useSignedOutElsewhere(seat.state === 'signed-out')
  useLeaveGuard(isInCall(seat.state))

  const phoneReady = isPhoneReady(mySeat, seat.registered, phone.state.line.name)
  const blocked = whyNotReady(link, phoneReady, microphone.problem)
  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  return (
    <div className={styles.page} style={tint}>
      <TopBar me={me} seat={seat} link={link} phoneLine={phone.state.line} />
      <div className={styles.control}>
        <StateControl
          seat={seat}
          blocked={blocked}
          acts={acts}
          onSeat={desk.seatIs}
          onUnreadHandover={() => setUnreadRefusals(unreadRefusals + 1)}
        />
        {isPickedUp(seat.state) ? (
          <CallBar seat={seat} phone={phone} control={control} acts={acts} onTransfer={transfer.show} />
        ) : (
          <Idle seat={seat} blocked={blocked} acts={acts} />
        )}
      </div>
      {aside !== null && isOwnCall(seat) && <ConsultBar seat={seat} aside={aside} acts={acts} />}
      <HandoverGate asked={unreadRefusals} mayShow={seat.state === 'not-ready'} />
      <AnnouncementBanner announcements={desk.announcements} />
      <Troubles seat={seat} link={link} phone={phone} microphone={microphone} />
      <main className={styles.main}>
        <AgentPagesDrawer me={me} callComes={isOffered(seat.state)} />
        <section className={styles.side}>
          <MissedNotices notices={desk.state.notices} onDismiss={desk.dismissNotices} />
          {pop === null ? (
            <IdlePanel seatState={seat.state} blocked={noDial(blocked)} acts={acts} />
          ) : (
            <CallerPanel
              pop={pop}
              seat={seat}
              phone={phone}
              control={control}
              acts={acts}
              onOpen={setOpenOrder}
            />
          )}
        </section>
        <div className={styles.work}>
          <section className={styles.order}>
            <OrderPanel
              me={me}
              orderId={openOrder}
              callerNumber={pop?.draft === openOrder ? (pop?.callerNumber ?? null) : null}
              unsaved={unsaved}
              onOpen={setOpenOrder}
            />
          </section>
          <section className={styles.calls}>
            <CallsToday seatState={seat.state} onOpen={setOpenOrder} />
          </section>
        </div>
      </main>
      <TransferPanel open={transfer.open} seat={seat} acts={acts} onClose={transfer.hide} />
    </div>
  )
}

function mayDial({ state }: SeatView): boolean {
  return state === 'ready' || state === 'not-ready' || state === 'wrap-up'
}

function noDial(blocked: Blocked | null) {
  return blocked === null ? null : (`dial.blocked.${blocked}` as const)
}

/** Between calls: a number to call, and what the keys do. */
function Idle({ seat, blocked, acts }: { seat: SeatView; blocked: Blocked | null; acts: TalkActs }) {
  const { t } = useWords()
  return (
    <>
      {mayDial(seat) && <DialBox blocked={noDial(blocked)} acts={acts} />}
      <Tooltip title={t('control.keys.talk')}>
        <p className={styles.keys} data-testid="keys">
          {t('control.keys')} · H M T
        </p>
      </Tooltip>
    </>
  )
}

/** Closed by the agent, by a transfer, and by the end of the talk. */
function useTransferPanel(seat: SeatView) {
  const [wanted, setWanted] = useState(false)
  const possible = isOwnTalk(seat) && seat.call?.aside == null
  useEffect(() => {
    if (!possible) setWanted(false)
  }, [possible])
  const show = useCallback(() => setWanted(true), [])
  const hide = useCallback(() => setWanted(false), [])
  return { open: wanted && possible, show, hide }
}

/** The phone's own word counts in the browser, and the PBX's for both kinds. */
function isPhoneReady(mySeat: MySeat, knownToPbx: boolean, line: string): boolean {
  return knownToPbx && (mySeat.phone === null || line === 'registered')
}

/** The work order in the form, over reloads of this tab. */
function useOpenOrder(staff: string) {
  const key = `open-order.${staff}`
  const [openOrder, setOpenOrder] = useState(() => tabMemory.read(key))
  const open = useCallback(
    (id: string | null) => {
      setOpenOrder(id)
      if (id === null) tabMemory.forget(key)
      else tabMemory.write(key, id)
    },
    [key],
  )
  return [openOrder, open] as const
}

/** The seat was taken away (a shift lead, the end of the session): back to where one is chosen. */
function useSignedOutElsewhere(signedOut: boolean): void {
  const queries = useQueryClient()
  useEffect(() => {
    if (signedOut) queries.invalidateQueries({ queryKey: ['my-seat'] })
  }, [signedOut, queries])
}

/** Reloading in a call cuts the agent's sound: the browser asks first. */
function useLeaveGuard(inCall: boolean): void {
  useEffect(() => {
    if (!inCall) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [inCall])
}
