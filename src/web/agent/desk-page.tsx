import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { type CSSProperties, useCallback, useEffect, useMemo, useState } from 'react'
import type { MySeat } from '../../floor/seats/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { browserMemory, tabMemory } from '../kit/remembered.ts'
import { STATE_COLOUR } from '../kit/theme.ts'
import { OtherTab } from '../kit/whole-page.tsx'
import { useMicrophone } from '../phone/use-microphone.ts'
import { useSoftphone } from '../phone/use-softphone.ts'
import { AgentPagesDrawer } from '../shell/agent-pages.tsx'
import { AnnouncementBanner } from './announcement-banner.tsx'
import { CallBar } from './call-bar.tsx'
import { CallerPanel } from './caller-panel.tsx'
import { CallsToday } from './calls-today.tsx'
import styles from './desk.module.css'
import { isInCall, isOffered } from './desk-state.ts'
import { IdlePanel } from './idle-panel.tsx'
import { MissedNotices } from './missed-notices.tsx'
import { OrderPanel } from './order-panel.tsx'
import { StateControl } from './state-control.tsx'
import { TopBar } from './top-bar.tsx'
import { Troubles } from './troubles.tsx'
import { UnsavedOrders } from './unsaved-orders.ts'
import { useCallControl } from './use-call-control.ts'
import { useDesk } from './use-desk.ts'
import { useOnlyDesk } from './use-only-desk.ts'
import { useRingTone, useTitleFlash } from './use-ringing.ts'

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
  const desk = useDesk(mySeat.seat, {
    alarm: ({ code, text }) => notification.warning({ key: code, title: text, duration: 0 }),
    refused: () => {
      queries.invalidateQueries({ queryKey: ['session'] })
      queries.invalidateQueries({ queryKey: ['my-seat'] })
    },
  })
  const { seat, pop, link } = desk.state
  const phone = useSoftphone(mySeat.phone)
  const microphone = useMicrophone(mySeat.phone !== null)
  const control = useCallControl(seat, phone, microphone.checkAgain, error =>
    notification.error({ key: 'control', title: t(problemKey(error)) }),
  )
  const unsaved = useMemo(() => new UnsavedOrders(browserMemory, me.id), [me.id])
  const [openOrder, setOpenOrder] = useOpenOrder(me.id)

  useRingTone(seat.state === 'ringing')
  useTitleFlash(isOffered(seat.state), t('pop.flash', { caller: pop?.callerNumber || t('pop.withheld') }))
  useEffect(() => {
    if (seat.state === 'talking' && pop !== null) setOpenOrder(pop.draft)
  }, [seat.state, pop, setOpenOrder])
  useSignedOutElsewhere(seat.state === 'signed-out')
  useLeaveGuard(isInCall(seat.state))

  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  return (
    <div className={styles.page} style={tint}>
      <TopBar me={me} seat={seat} link={link} phoneLine={phone.state.line} />
      <div className={styles.control}>
        <StateControl
          seat={seat}
          link={link}
          phoneReady={isPhoneReady(mySeat, seat.registered, phone.state.line.name)}
          microphoneProblem={microphone.problem}
          onSeat={desk.seatIs}
        />
        <CallBar seat={seat} phone={phone} control={control} />
      </div>
      <AnnouncementBanner announcements={desk.announcements} />
      <Troubles seat={seat} link={link} phone={phone} microphone={microphone} />
      <main className={styles.main}>
        <AgentPagesDrawer me={me} callComes={isOffered(seat.state)} />
        <section className={styles.side}>
          <MissedNotices notices={desk.state.notices} onDismiss={desk.dismissNotices} />
          {pop === null ? (
            <IdlePanel seatState={seat.state} />
          ) : (
            <CallerPanel pop={pop} seat={seat} phone={phone} control={control} onOpen={setOpenOrder} />
          )}
        </section>
        <div className={styles.work}>
          <section className={styles.order}>
            <OrderPanel
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
    </div>
  )
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
