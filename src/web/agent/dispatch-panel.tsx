import { SendOutlined } from '@ant-design/icons'
import { Button, Form, type FormInstance } from 'antd'
import { useEffect, useRef } from 'react'
import type { SuggestedUnit, Suggestion } from '../../casework/dispatch/schema.ts'
import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { ReasonText } from '../cases/reason-text.tsx'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { hashOf } from '../shell/place.ts'
import styles from './dispatch.module.css'
import { EMPTY_INPUT } from './order-input.ts'
import { useQuickDispatch } from './use-quick-dispatch.ts'
import { useSuggestion } from './use-suggestion.ts'
import type { Versioned } from './use-work-order.ts'

interface Props {
  readonly me: Me
  readonly orderId: string
  readonly form: FormInstance<WorkOrderForm>
  readonly current: Versioned | null
  readonly dirty: boolean
  readonly callerNumber: string | null
  readonly onSave: () => Promise<Versioned | null>
}

/** 秒派: while the agent writes, where the order will likely go; one key saves it and sends it there. */
export function DispatchPanel({ me, orderId, form, current, dirty, callerNumber, onSave }: Props) {
  const { t } = useWords()
  const input = Form.useWatch([], form) ?? EMPTY_INPUT
  const status = current?.order.status ?? 'draft'
  const open = status === 'draft' || status === 'to-dispatch'
  const suggestion = useSuggestion(orderId, input, callerNumber)
  // Whoever took the call sends its order on.
  const sends = me.rights.some(right => right === 'order.dispatch' || right === 'order.register')
  const quick = useQuickDispatch(orderId, async () =>
    dirty || status === 'draft' ? await onSave() : current,
  )
  const units = open ? (suggestion?.units ?? []) : []
  const send = (unit: SuggestedUnit) => {
    if (sends && !quick.busy) quick.send(unit, suggestion?.units ?? [])
  }
  useNumberKeys(number => {
    const unit = units[number - 1]
    if (unit !== undefined) send(unit)
  })
  if (quick.sent !== null) {
    return (
      <aside className={css(styles.panel, styles.sent)} role="status" data-testid="dispatched">
        <SendOutlined />
        <b>{t('quick.sent', { unit: quick.sent.name })}</b>
        {quick.sent.mayUndo && (
          <Button size="small" loading={quick.busy} onClick={quick.undo} data-testid="dispatch-undo">
            {t('quick.undo')}
          </Button>
        )}
      </aside>
    )
  }
  if (units.length === 0) return null
  return (
    <aside className={css(styles.panel)} data-testid="suggestions">
      <h3>
        {t('quick.title')}
        <small className={styles.hint}>{t(sends ? 'quick.keys' : 'quick.only-read')}</small>
      </h3>
      <ol className={styles.units}>
        {units.map((unit, index) => (
          <li key={unit.unit}>
            <button
              type="button"
              disabled={!sends || quick.busy}
              onClick={() => send(unit)}
              data-testid={`suggested-${index + 1}`}
              data-unit={unit.unit}
            >
              {sends && <kbd>Alt+{index + 1}</kbd>}
              <b>{unit.name}</b>
              <small>
                {t(`quick.role.${unit.role}`)} · <ReasonText reason={unit.reasons[0]} />
                {unit.person !== null && ` · ${unit.person}`}
              </small>
            </button>
          </li>
        ))}
      </ol>
      <Alike suggestion={suggestion} />
    </aside>
  )
}

/** Whether it has been told before is worth a look; merging is done on the page of orders. */
function Alike({ suggestion }: { readonly suggestion: Suggestion | null }) {
  const { t } = useWords()
  const alike = suggestion?.similar ?? []
  if (alike.length === 0) return null
  return (
    <p className={styles.alike} data-testid="similar-orders">
      {t('quick.alike')}
      {alike.slice(0, 3).map(({ id, number, title, status }) => (
        <a key={id} href={hashOf('orders', id)} title={number}>
          {title || number}（{t(`case.status.${status}`)}）
        </a>
      ))}
    </p>
  )
}

/** Alt with a digit, by its place on the keyboard: some systems write other signs with Alt. */
function useNumberKeys(press: (number: number) => void): void {
  const current = useRef(press)
  current.current = press
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1]
      if (digit === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      if (!event.repeat) current.current(Number(digit))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
