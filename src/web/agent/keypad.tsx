import { NumberOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import styles from './talk.module.css'
import type { TalkActs } from './use-talk-acts.ts'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

interface Props {
  readonly disabled: boolean
  readonly acts: TalkActs
}

/** The keys of a telephone, for a menu at the other end. */
export function Keypad({ disabled, acts }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open && !disabled}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottom"
      destroyOnHidden
      content={<Pad acts={acts} onClose={() => setOpen(false)} />}
    >
      <Button
        size="large"
        icon={<NumberOutlined />}
        disabled={disabled}
        aria-label={t('talk.keypad')}
        data-testid="keypad"
      >
        {t('talk.keypad')}
      </Button>
    </Popover>
  )
}

function Pad({ acts, onClose }: { readonly acts: TalkActs; readonly onClose: () => void }) {
  const { t } = useWords()
  const [sent, setSent] = useState('')
  const press = (digits: string) => {
    setSent(before => before + digits)
    acts.ask({ act: 'digits', body: { digits } })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    if (!/^[0-9*#]$/.test(event.key)) return
    event.preventDefault()
    press(event.key)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's digits work wherever the focus is inside
    <div className={styles.pad} onKeyDown={onKey}>
      <output className={styles.sent} data-testid="digits-sent">
        {sent}
      </output>
      <div className={styles.digits}>
        {KEYS.map((key, index) => (
          <Button
            key={key}
            size="large"
            autoFocus={index === 0}
            onClick={() => press(key)}
            data-testid={`digit-${key}`}
          >
            {key}
          </Button>
        ))}
      </div>
      <small>{t('talk.keypad.hint')}</small>
    </div>
  )
}
