import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import type { SeatView } from '../../floor/seats/schema.ts'
import { useWords } from '../kit/language.tsx'
import { isPickedUp } from '../kit/seat-states.ts'
import type { MicrophoneProblem } from '../phone/microphone.ts'
import type { PhoneState } from '../phone/phone-state.ts'
import type { PhoneInUse } from '../phone/use-softphone.ts'
import styles from './desk.module.css'
import type { DeskState } from './desk-state.ts'
import { useSoundBlocked } from './use-ringing.ts'

interface Props {
  readonly seat: SeatView
  readonly link: DeskState['link']
  readonly phone: PhoneInUse
  readonly microphone: { readonly problem: MicrophoneProblem | null; readonly checkAgain: () => void }
}

/** Longer than a re-registration or a hang-up takes to come round: what passes by itself is not announced. */
const PATIENCE_MS = 1_500

/** What keeps the agent from working, each with what to do about it. */
export function Troubles({ seat, link, phone, microphone }: Props) {
  const { t } = useWords()
  const soundBlocked = useSoundBlocked()
  const linkLost = useLasting(link === 'lost')
  const phoneTrouble = phoneTroubleOf(seat, phone.state)
  const lastingTrouble = useLasting(phoneTrouble !== null)
  const { call } = phone.state
  return (
    <div className={styles.troubles} role="alert">
      {linkLost && <Alert banner type="error" title={t('link.lost.what')} data-testid="trouble-link" />}
      {lastingTrouble && phoneTrouble !== null && (
        <Alert
          banner
          type="error"
          title={t(`phone.problem.${phoneTrouble}`, { seat: seat.number })}
          data-testid="trouble-phone"
        />
      )}
      {microphone.problem !== null && (
        <Alert
          banner
          type="error"
          title={t(`microphone.${microphone.problem}`)}
          action={
            <Button size="small" onClick={microphone.checkAgain}>
              {t('microphone.check')}
            </Button>
          }
          data-testid="trouble-microphone"
        />
      )}
      {call.name === 'ringing' && call.answerFailed && (
        <Alert banner type="warning" title={t('phone.problem.answer-failed')} />
      )}
      {seat.held && <Alert banner type="warning" title={t('talk.held')} data-testid="held" />}
      {(seat.muted || (call.name === 'talking' && call.muted)) && (
        <Alert banner type="warning" title={t('talk.muted')} data-testid="muted" />
      )}
      {soundBlocked && <Alert banner type="info" title={t('sound.blocked')} data-testid="sound-blocked" />}
    </div>
  )
}

type PhoneTrouble = 'sip' | 'unreachable' | 'rejected' | 'no-audio'

function phoneTroubleOf(seat: SeatView, { line, call }: PhoneState): PhoneTrouble | null {
  if (seat.phone === 'sip') return seat.registered ? null : 'sip'
  if (line.name === 'lost') return line.why
  return isPickedUp(seat.state) && call.name === 'none' ? 'no-audio' : null
}

/** True once `now` has held for a moment. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!now) {
      setLasting(false)
      return
    }
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [now])
  return now && lasting
}
