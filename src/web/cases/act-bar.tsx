import { DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useEffect, useRef } from 'react'
import type { CaseView } from '../../casework/life/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { actOf } from './act-form.ts'
import styles from './acts.module.css'
import { EMPTY_ACT, isPlain, type Offered, offered } from './acts.ts'
import { isTyping } from './typing.ts'
import { newKey, useAct } from './use-case.ts'

interface Props {
  readonly view: CaseView
  /** Whose form is open. */
  readonly open: Offered['name'] | null
  /** Something is being written: digits are part of it. */
  readonly busy: boolean
  readonly onOpen: (act: Offered) => void
}

/** As many as have a key of their own. */
const BUTTONS = 5

/** What is expected of whoever looks; everything else is there if it is needed. */
const LEADS_ON: ReadonlySet<Offered['name']> = new Set(['sign', 'dispatch', 'approve', 'rate', 'answer'])

/** What can be done now, as buttons with keys 1 to 5; the rest behind one more. */
export function ActBar({ view, open, busy, onOpen }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const sending = useAct(view.id)
  const all = offered(view.possible)
  const start = (act: Offered) => {
    if (!isPlain(act)) return onOpen(act)
    if (sending.isPending) return
    const form = actOf(act.name, { ...EMPTY_ACT, unit: act.units[0] ?? null })
    sending.mutate(
      { form, version: view.version, key: newKey() },
      {
        onSuccess: () => message.success(t('acts.done', { act: t(`act.${act.name}`) })),
        onError: error => message.error(t(problemKey(error))),
      },
    )
  }
  useNumberKeys(number => {
    const act = all[number - 1]
    if (act !== undefined && !busy) start(act)
  })
  if (all.length === 0) return <p className={styles.noActs}>{t('acts.none')}</p>
  return (
    <nav className={styles.acts} data-testid="acts">
      {all.slice(0, BUTTONS).map((act, index) => (
        <Button
          key={act.name}
          type={LEADS_ON.has(act.name) && index === 0 && !busy ? 'primary' : 'default'}
          className={(open === act.name && styles.openAct) || ''}
          loading={sending.isPending && index === 0}
          onClick={() => start(act)}
          data-testid={`act-${act.name}`}
        >
          {t(`act.${act.name}`)} <kbd>{index + 1}</kbd>
        </Button>
      ))}
      {all.length > BUTTONS && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: all.slice(BUTTONS).map(act => ({
              key: act.name,
              label: <span data-testid={`act-${act.name}`}>{t(`act.${act.name}`)}</span>,
              onClick: () => start(act),
            })),
          }}
        >
          <Button data-testid="acts-more">
            {t('acts.more')} <DownOutlined />
          </Button>
        </Dropdown>
      )}
    </nav>
  )
}

function useNumberKeys(press: (number: number) => void): void {
  const current = useRef(press)
  current.current = press
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return
      const number = Number(event.key)
      if (!(number >= 1 && number <= BUTTONS)) return
      event.preventDefault()
      current.current(number)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
