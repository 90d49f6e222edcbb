import { DownOutlined, PhoneOutlined, UpOutlined } from '@ant-design/icons'
import { App, Button, Popconfirm, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { BindingCalls } from './binding-calls.tsx'
import { countdown, isPast, paceOf } from './binding-words.ts'
import { CallForm } from './call-form.tsx'
import { CallProgress } from './call-progress.tsx'
import { EndForm } from './end-form.tsx'
import { ExtendForm } from './extend-form.tsx'
import styles from './masking.module.css'
import type { GivenPin } from './pin-dialog.tsx'
import { useNewPin } from './use-bindings.ts'

interface Props {
  readonly binding: BindingView
  /** The key that calls is this one's. */
  readonly byKey: boolean
  /** Its form for calling is open. */
  readonly calling: boolean
  readonly onCalling: (on: boolean) => void
  readonly onPin: (pin: GivenPin) => void
}

/** One binding: its short number, what it allows, until when, and what may be done with it. */
export function BindingCard({ binding, byKey, calling, onCalling, onPin }: Props) {
  const [editing, setEditing] = useState<'extend' | 'end' | null>(null)
  const [showsCalls, setShowsCalls] = useState(false)
  const [call, setCall] = useState<string | null>(null)
  const close = () => setEditing(null)
  return (
    <article
      className={css(styles.binding, isPast(binding) && styles.over)}
      data-testid={`binding-${binding.id}`}
      data-state={binding.state}
    >
      <Head binding={binding} />
      <Terms binding={binding} />
      {call !== null && (
        <CallProgress key={call} binding={binding.id} call={call} onClose={() => setCall(null)} />
      )}
      <Acts
        binding={binding}
        byKey={byKey}
        showsCalls={showsCalls}
        onCall={() => onCalling(true)}
        onEdit={setEditing}
        onPin={onPin}
        onCalls={() => setShowsCalls(!showsCalls)}
      />
      {calling && (
        <CallForm
          binding={binding}
          onClose={() => onCalling(false)}
          onStarted={started => {
            setCall(started)
            onCalling(false)
          }}
        />
      )}
      {editing === 'extend' && <ExtendForm binding={binding} onClose={close} />}
      {editing === 'end' && <EndForm binding={binding} onClose={close} />}
      {showsCalls && <BindingCalls binding={binding} />}
    </article>
  )
}

const COLOUR = { waiting: 'warning', active: 'success', resting: 'default', over: 'default' } as const

function Head({ binding }: { readonly binding: BindingView }) {
  const { t } = useWords()
  const { short, unit, direction, state, inCall } = binding
  return (
    <header>
      {short === null ? (
        <b className={styles.noNumber}>{t('mask.no-number')}</b>
      ) : (
        <b className={styles.short} data-testid="short">
          {short}
        </b>
      )}
      <div className={styles.who}>
        <span>{unit.name}</span>
        <small>{t(`mask.direction.${direction}`)}</small>
      </div>
      <div className={styles.standing}>
        {inCall && (
          <Tag color="processing" icon={<PhoneOutlined />}>
            {t('mask.in-call')}
          </Tag>
        )}
        <Tag color={COLOUR[state]}>{t(`mask.state.${state}`)}</Tag>
      </div>
    </header>
  )
}

/** What it allows, and how long still. */
function Terms({ binding }: { readonly binding: BindingView }) {
  const { t } = useWords()
  const now = useNow(false)
  const { callsToday, mostCallsADay, mostTalkMinutes, records, hasPin, pinLocked, madeBy, endedAt } = binding
  const full = callsToday >= mostCallsADay
  const terms = [
    t('mask.most-talk', { minutes: mostTalkMinutes }),
    t(records ? 'mask.records' : 'mask.no-record'),
    ...(hasPin ? [t('mask.pin')] : []),
    t(madeBy === 'dispatch' ? 'mask.by-dispatch' : 'mask.by-hand'),
  ]
  if (isPast(binding)) {
    const at = endedAt ?? binding.validUntil
    return (
      <p className={styles.terms}>
        {[
          ...(at === null ? [] : [t('mask.ended', { time: dateAndTime(at, now) })]),
          t(`mask.end-reason.${binding.endReason ?? 'expired'}`),
        ].join(' · ')}
      </p>
    )
  }
  return (
    <>
      <p className={styles.terms}>
        <Left binding={binding} />
        <span className={css(full && styles.full)} data-testid="calls-today">
          {t('mask.calls-today', { count: callsToday, most: mostCallsADay })}
        </span>
        <span>{terms.join(' · ')}</span>
      </p>
      {binding.state === 'waiting' && <p className={styles.warned}>{t('mask.no-number.what')}</p>}
      {pinLocked && <p className={styles.warned}>{t('mask.pin-locked')}</p>}
    </>
  )
}

/** Counts down, and nothing around it is drawn anew for that. */
function Left({ binding: { validUntil } }: { readonly binding: BindingView }) {
  const { t } = useWords()
  const now = useNow(validUntil !== null)
  if (validUntil === null) return <span className={styles.left}>{t('mask.open-end.what')}</span>
  const leftMs = Date.parse(validUntil) - now
  return (
    <time
      className={styles.left}
      dateTime={validUntil}
      data-pace={paceOf(leftMs)}
      title={t('mask.until', { time: dateAndTime(validUntil, now) })}
      data-testid="left"
    >
      {countdown(t, leftMs)}
    </time>
  )
}

interface ActsProps {
  readonly binding: BindingView
  readonly byKey: boolean
  readonly showsCalls: boolean
  readonly onCall: () => void
  readonly onEdit: (edit: 'extend' | 'end') => void
  readonly onPin: (pin: GivenPin) => void
  readonly onCalls: () => void
}

function Acts({ binding, byKey, showsCalls, onCall, onEdit, onPin, onCalls }: ActsProps) {
  const { t } = useWords()
  const { mayCall, mayChange, validUntil } = binding
  const full = binding.callsToday >= binding.mostCallsADay
  return (
    <footer>
      {mayCall && (
        <Tooltip title={full ? t('mask.call.full') : binding.inCall ? t('mask.call.running') : undefined}>
          <Button
            type="primary"
            size="small"
            icon={<PhoneOutlined />}
            disabled={full || binding.inCall}
            onClick={onCall}
            data-testid="call-now"
          >
            {t('mask.call')} {byKey && <kbd>T</kbd>}
          </Button>
        </Tooltip>
      )}
      {mayChange && validUntil !== null && (
        <Button size="small" onClick={() => onEdit('extend')} data-testid="extend">
          {t('mask.extend')}
        </Button>
      )}
      {mayChange && (
        <Button size="small" onClick={() => onEdit('end')} data-testid="end">
          {t('mask.end')}
        </Button>
      )}
      {mayChange && <RenewPin binding={binding} onPin={onPin} />}
      <Button
        type="text"
        size="small"
        className={styles.push ?? ''}
        icon={showsCalls ? <UpOutlined /> : <DownOutlined />}
        iconPlacement="end"
        aria-expanded={showsCalls}
        onClick={onCalls}
        data-testid="show-calls"
      >
        {t('mask.calls')}
      </Button>
    </footer>
  )
}

function RenewPin({ binding, onPin }: Pick<ActsProps, 'binding' | 'onPin'>) {
  const { t } = useWords()
  const { message } = App.useApp()
  const renewing = useNewPin(binding)
  const renew = () =>
    renewing.mutate(undefined, {
      onSuccess: renewed => onPin({ pin: renewed.pin, short: renewed.binding.short }),
      onError: error => message.error(t(problemKey(error)), 6),
    })
  return (
    <Popconfirm
      title={t(binding.hasPin ? 'mask.pin.sure' : 'mask.pin.set.sure')}
      okText={t(binding.hasPin ? 'mask.pin.reset' : 'mask.pin.set')}
      cancelText={t('acts.cancel')}
      onConfirm={renew}
      disabled={renewing.isPending}
    >
      <Button size="small" loading={renewing.isPending} data-testid="renew-pin">
        {t(binding.hasPin ? 'mask.pin.reset' : 'mask.pin.set')}
      </Button>
    </Popconfirm>
  )
}
