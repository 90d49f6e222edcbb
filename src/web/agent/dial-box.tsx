import { PhoneOutlined, RedoOutlined } from '@ant-design/icons'
import { App, Button, Input, type InputRef, Space, Tooltip } from 'antd'
import { useRef, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import type { PlainTextKey } from '../kit/texts.ts'
import styles from './talk.module.css'
import { isDialable, plainDigits } from './transfer-rows.ts'
import { useKeys } from './use-keys.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  /** Why nothing can be dialled now; null: it can. */
  readonly blocked: PlainTextKey | null
  readonly acts: TalkActs
}

/** Between calls: calls a citizen, who sees the hotline's number. */
export function DialBox({ blocked, acts }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const field = useRef<InputRef>(null)
  const [typed, setTyped] = useState('')
  const busy = acts.pending === 'dial' || acts.pending === 'redial'
  const dial = () => {
    const number = plainDigits(typed)
    if (isDialable(number)) acts.ask({ act: 'dial', body: { number } }, () => setTyped(''))
    else message.warning(t('dial.invalid'))
  }
  useKeys({ dial: () => field.current?.focus({ cursor: 'all' }) })
  return (
    <Tooltip title={blocked === null ? undefined : t(blocked)}>
      <div className={styles.dial} data-testid="dial-box">
        <Space.Compact size="large">
          <Input
            ref={field}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            onPressEnter={() => blocked === null && !busy && dial()}
            placeholder={t('dial.number')}
            inputMode="tel"
            maxLength={40}
            allowClear
            suffix={typed === '' ? <kbd>F9</kbd> : undefined}
            data-testid="dial-number"
          />
          <Button
            icon={<PhoneOutlined />}
            disabled={blocked !== null || typed.trim() === ''}
            loading={busy}
            onClick={dial}
            data-testid="dial"
          >
            {t('dial.call')}
          </Button>
        </Space.Compact>
        <Button
          size="large"
          icon={<RedoOutlined />}
          disabled={blocked !== null || busy}
          title={t('dial.redial.what')}
          onClick={() => acts.ask({ act: 'redial' })}
          data-testid="redial"
        >
          {t('dial.redial')}
        </Button>
      </div>
    </Tooltip>
  )
}
