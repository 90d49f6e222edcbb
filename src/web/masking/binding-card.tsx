import { PhoneOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { useState } from 'react'
import type { BindingView } from '../../casework/masking/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { BindingActs, mayCallNow } from './binding-acts.tsx'
import { BindingCalls } from './binding-calls.tsx'
import { BindingTerms } from './binding-terms.tsx'
import { isPast } from './binding-words.ts'
import { CallForm } from './call-form.tsx'
import { CallProgress } from './call-progress.tsx'
import { EndForm } from './end-form.tsx'
import { ExtendForm } from './extend-form.tsx'
import styles from './masking.module.css'
import type { GivenPin } from './pin-dialog.tsx'
import { useCallKey } from './use-call-key.ts'

/** What is being done to a binding: each has its form. */
export type Doing = 'call' | 'extend' | 'end'

interface Props {
  readonly binding: BindingView
  /** The key that calls is this one's. */
  readonly byKey: boolean
  readonly onPin: (pin: GivenPin) => void
}

/** One binding: its short number, what it allows, until when, and what may be done with it. */
export function BindingCard({ binding, byKey, onPin }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const [showsCalls, setShowsCalls] = useState(false)
  const [call, setCall] = useState<string | null>(null)
  useCallKey(byKey && mayCallNow(binding) ? () => setDoing('call') : null)
  const close = () => setDoing(null)
  return (
    <article
      className={css(styles.binding, isPast(binding) && styles.over)}
      data-testid={`binding-${binding.short ?? binding.unit.id}`}
      data-state={binding.state}
    >
      <Head binding={binding} />
      <BindingTerms binding={binding} showsCalls={showsCalls} onCalls={() => setShowsCalls(!showsCalls)} />
      {call !== null && (
        <CallProgress key={call} binding={binding} call={call} onClose={() => setCall(null)} />
      )}
      <BindingActs binding={binding} byKey={byKey} onDo={setDoing} onPin={onPin} />
      {doing === 'call' && (
        <CallForm
          binding={binding}
          onClose={close}
          onStarted={started => {
            setCall(started)
            close()
          }}
        />
      )}
      {doing === 'extend' && <ExtendForm binding={binding} onClose={close} />}
      {doing === 'end' && <EndForm binding={binding} onClose={close} />}
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
        <span title={unit.name}>{unit.name}</span>
        <small>{t(`mask.direction.${direction}`)}</small>
      </div>
      <div className={styles.standing}>
        {inCall ? (
          <Tag color="processing" icon={<PhoneOutlined />} data-testid="in-call">
            {t('mask.in-call')}
          </Tag>
        ) : (
          <Tag color={COLOUR[state]}>{t(`mask.state.${state}`)}</Tag>
        )}
      </div>
    </header>
  )
}
