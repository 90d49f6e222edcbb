import { CheckCircleOutlined, DownOutlined, PauseCircleOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown, Switch, Tooltip } from 'antd'
import type { SeatView } from '../../floor/seats/schema.ts'
import { paceOf } from '../alarms/limits.ts'
import { useLimits } from '../alarms/use-limits.ts'
import { codeOf, post } from '../kit/api.ts'
import type { AfterCall } from '../kit/api-types.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { isBusy, isPickedUp } from '../kit/seat-states.ts'
import { duration } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import type { MicrophoneProblem } from '../phone/microphone.ts'
import styles from './desk.module.css'
import type { DeskState } from './desk-state.ts'
import { useNotReadyReasons } from './use-catalogues.ts'
import { useKeys } from './use-keys.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  readonly seat: SeatView
  /** Why the seat cannot be ready now. */
  readonly blocked: Blocked | null
  readonly acts: TalkActs
  readonly onSeat: (seat: SeatView) => void
  /** What the shift before has left must be signed first. */
  readonly onUnreadHandover: () => void
}

/** What is missing for calls to be taken or made. */
export type Blocked = 'desk' | 'microphone' | 'phone'

export function StateControl({ seat, blocked, acts, onSeat, onUnreadHandover }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const { choosable } = useNotReadyReasons()
  const change = useMutation({
    mutationFn: ({ path, body }: { path: string; body?: { reason: string } }) =>
      post<SeatView>(`/api/my-seat/${path}`, body),
    onSuccess: onSeat,
    onError: error =>
      codeOf(error) === 'handover-unread' ? onUnreadHandover() : message.error(t(problemKey(error))),
  })
  const wrappingUp = seat.state === 'wrap-up'
  const alreadyReady = (wrappingUp || isBusy(seat.state) ? seat.after?.name : seat.state) === 'ready'
  const readyNow = blocked === null && !alreadyReady && !change.isPending
  const beReady = () => change.mutate({ path: 'ready' })
  const finish = () => change.mutate({ path: 'wrap-up/finish' })
  useKeys({ F8: wrappingUp ? finish : readyNow ? beReady : undefined })

  return (
    <div className={styles.states}>
      <StatePlate seat={seat} />
      {wrappingUp && (
        <Button
          type="primary"
          size="large"
          onClick={finish}
          loading={change.isPending}
          data-testid="finish-wrap-up"
        >
          {t('control.finish')} <kbd>F8</kbd>
        </Button>
      )}
      {wrappingUp && !seat.wrapUpExtended && (
        <Button
          size="large"
          onClick={() => change.mutate({ path: 'wrap-up/extend' })}
          disabled={change.isPending}
          title={t('control.extend.what')}
          data-testid="extend-wrap-up"
        >
          {t('control.extend')}
        </Button>
      )}
      <Tooltip title={blocked === null ? undefined : t(`control.blocked.${blocked}`)}>
        <Button
          size="large"
          className={css(styles.ready)}
          icon={<CheckCircleOutlined />}
          disabled={!readyNow}
          onClick={beReady}
          data-testid="ready"
        >
          {t('control.ready')}
        </Button>
      </Tooltip>
      <Dropdown
        trigger={['click']}
        menu={{
          items: choosable.map(reason => ({
            key: reason.code,
            label: <ReasonLabel {...reason} />,
            onClick: () => change.mutate({ path: 'not-ready', body: { reason: reason.code } }),
          })),
        }}
      >
        <Button
          size="large"
          className={css(styles.notReady)}
          icon={<PauseCircleOutlined />}
          data-testid="not-ready"
        >
          {t('control.not-ready')} <DownOutlined />
        </Button>
      </Dropdown>
      {!isPickedUp(seat.state) && <AutoAnswer on={seat.autoAnswer} acts={acts} />}
    </div>
  )
}

function AutoAnswer({ on, acts }: { readonly on: boolean; readonly acts: TalkActs }) {
  const { t } = useWords()
  return (
    <Tooltip title={t('talk.auto-answer.what')}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one */}
      <label className={styles.autoAnswer}>
        <Switch
          size="small"
          checked={on}
          onChange={wanted => acts.ask({ act: 'auto-answer', body: { on: wanted } })}
          data-testid="auto-answer"
        />
        {t('talk.auto-answer')}
      </label>
    </Tooltip>
  )
}

function ReasonLabel(reason: { readonly code: string; readonly nameZh: string; readonly nameEn: string }) {
  const { nameOf } = useWords()
  return <span data-testid={`not-ready-${reason.code}`}>{nameOf(reason)}</span>
}

/** The state in its colour, how long it has stood, and where it goes from here. */
function StatePlate({ seat }: { readonly seat: SeatView }) {
  const { t } = useWords()
  const { nameOfReason } = useNotReadyReasons()
  const now = useNow()
  const after = seat.after === null ? null : afterText(seat.after)
  return (
    <div className={styles.plate} data-testid="seat-state" data-state={seat.state}>
      <b>{t(`state.${seat.state}`)}</b>
      <StateTime seat={seat} now={now} />
      <small>
        {seat.state === 'not-ready' && seat.reason !== null && nameOfReason(seat.reason)}
        {seat.state === 'wrap-up' && seat.wrapUpEndsAt !== null && (
          <span data-testid="wrap-up-left">
            {t('control.wrap-up-left', { time: duration(Date.parse(seat.wrapUpEndsAt) - now) })}
            {seat.wrapUpExtended && ` · ${t('control.extended')}`}
          </span>
        )}
        {after !== null && (isBusy(seat.state) || seat.state === 'wrap-up') && <span> {after}</span>}
      </small>
    </div>
  )

  function afterText(next: AfterCall): string | null {
    if (next.name === 'not-ready') {
      return t('control.after-not-ready', { reason: nameOfReason(next.reason ?? '') })
    }
    return next.name === 'signed-out' ? t('control.after-signed-out') : null
  }
}

/** How long the state has stood; against its limit where that is news: always when not ready, else once it is near. */
function StateTime({ seat, now }: { readonly seat: SeatView; readonly now: number }) {
  const sinceMs = Date.parse(seat.since)
  const limit = paceOf({ state: seat.state, reason: seat.reason, sinceMs }, useLimits(), now)
  const shown = limit !== null && (seat.state === 'not-ready' || limit.pace !== 'calm')
  return (
    <time data-pace={shown ? limit.pace : undefined} data-testid="state-time">
      {duration(now - sinceMs)}
      {shown && <span> / {duration(limit.limitMs)}</span>}
    </time>
  )
}

export function whyNotReady(
  link: DeskState['link'],
  phoneReady: boolean,
  microphoneProblem: MicrophoneProblem | null,
): Blocked | null {
  if (link !== 'live') return 'desk'
  if (microphoneProblem !== null) return 'microphone'
  return phoneReady ? null : 'phone'
}
