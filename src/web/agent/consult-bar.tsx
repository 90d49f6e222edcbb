import {
  CheckOutlined,
  CloseOutlined,
  CustomerServiceOutlined,
  SwapOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons'
import { App, Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { AsideView, SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import type { PlainTextKey } from '../kit/texts.ts'
import { EMERGENCIES } from './emergency-keys.tsx'
import styles from './talk.module.css'
import type { TalkActs } from './use-talk-acts.ts'
import { useQueueNames } from './use-targets.ts'

interface Props {
  readonly seat: SeatView
  readonly aside: AsideView
  readonly acts: TalkActs
}

/** The two others of a talk, which of them waits, and what the agent can do about it. */
export function ConsultBar({ seat, aside, acts }: Props) {
  const { t } = useWords()
  const name = useAsideName()
  const { stage, how } = aside
  const apart = stage === 'consulting' || stage === 'swapped'
  const busy = acts.pending?.startsWith('transfer') === true
  return (
    <section className={styles.consult} data-testid="consult-bar" data-stage={stage}>
      <Side
        role={t('consult.citizen')}
        name={seat.callerNumber ? spaced(seat.callerNumber) : t('pop.withheld')}
        state={citizenState(aside)}
        testId="consult-citizen"
      />
      <Side role={t('consult.third')} name={name(aside)} state={THIRD_STATE[stage]} testId="consult-third" />
      <div className={styles.consultActs}>
        {apart && (
          <>
            <Button
              icon={<SwapOutlined />}
              disabled={busy}
              onClick={() => acts.ask({ act: 'transfer/swap' })}
              data-testid="consult-swap"
            >
              {t('consult.swap')}
            </Button>
            <Button
              icon={<UsergroupAddOutlined />}
              disabled={busy}
              onClick={() => acts.ask({ act: 'transfer/merge' })}
              data-testid="consult-merge"
            >
              {t('consult.merge')}
            </Button>
          </>
        )}
        <Button
          type="primary"
          icon={<CheckOutlined />}
          disabled={busy}
          onClick={() => acts.ask({ act: 'transfer/complete' })}
          data-testid="consult-complete"
        >
          {t(stage === 'merged' ? 'consult.leave' : 'consult.complete')}
        </Button>
        <Button
          icon={<CloseOutlined />}
          disabled={busy}
          onClick={() => acts.ask({ act: 'transfer/cancel' })}
          data-testid="consult-cancel"
        >
          {t(stage === 'merged' || how === 'conference' ? 'consult.drop' : 'consult.cancel')}
        </Button>
      </div>
    </section>
  )
}

type SideState = 'consult.hold' | 'consult.speaks' | 'consult.rings'

const THIRD_STATE: Readonly<Record<AsideView['stage'], SideState>> = {
  ringing: 'consult.rings',
  consulting: 'consult.speaks',
  swapped: 'consult.hold',
  merged: 'consult.speaks',
}

function citizenState({ stage, how }: AsideView): SideState {
  if (stage === 'ringing') return how === 'conference' ? 'consult.speaks' : 'consult.hold'
  return stage === 'consulting' ? 'consult.hold' : 'consult.speaks'
}

function Side(props: {
  readonly role: string
  readonly name: string
  readonly state: SideState
  readonly testId: string
}) {
  const { t } = useWords()
  const state: PlainTextKey = props.state
  return (
    <div
      className={css(styles.party, props.state === 'consult.speaks' && styles.speaks)}
      data-testid={props.testId}
      data-state={props.state.slice('consult.'.length)}
    >
      <small>{props.role}</small>
      <b>{props.name}</b>
      <em>
        {props.state === 'consult.hold' && <CustomerServiceOutlined />} {t(state)}
      </em>
    </div>
  )
}

/** A queue is shown by the agent it found, or its own name. */
function useAsideName(): (aside: AsideView) => string {
  const { t } = useWords()
  const queueName = useQueueNames()
  return ({ kind, name, seat }) => {
    const service = EMERGENCIES.find(number => number === name)
    if (service !== undefined) return `${service} ${t(`emergency.${service}`)}`
    const known = kind === 'queue' ? queueName(name) : kind === 'outside' ? spaced(name) : name
    return seat === null ? known : `${known} · ${seat}`
  }
}

/** Says so when the third party is gone without the agent's doing. */
export function useAsideNotice(seat: SeatView, acts: TalkActs): void {
  const { t } = useWords()
  const { message } = App.useApp()
  const name = useAsideName()
  const before = useRef<{ readonly aside: AsideView; readonly call: string } | null>(null)
  const asked = useRef(false)
  if (acts.pending === 'transfer/cancel' || acts.pending === 'transfer/complete') asked.current = true
  const { call, state } = seat
  useEffect(() => {
    const was = before.current
    const aside = call?.aside ?? null
    before.current = aside === null || call === null ? null : { aside, call: call.id }
    if (aside !== null) {
      if (was === null) asked.current = false
      return
    }
    if (was === null || asked.current || call?.id !== was.call || state !== 'talking') return
    const key = was.aside.stage === 'ringing' ? 'consult.not-reached' : 'consult.left'
    message.warning(t(key, { name: name(was.aside) }))
  }, [call, state, message, t, name])
}
