import { App, Button, Modal } from 'antd'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { HandoverView } from '../../people/handovers/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './gate.module.css'
import { NoteText, ShiftTitle } from './note-text.tsx'
import { useHandoverActs, useUnreadHandovers } from './use-handovers.ts'

/** Scrolled to the very end, positions of a magnified page may still differ by this. */
const ROUNDING_PX = 4

interface Props {
  /** How often the service has refused for want of a signature; each time the dialog comes back. */
  readonly asked: number
  /** Not during a call, however that came about. */
  readonly mayShow: boolean
}

/** What the shift before has left, to be read and signed at the desk: one note after the other. */
export function HandoverGate({ asked, mayShow }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const unread = useUnreadHandovers(asked)
  const { sign } = useHandoverActs()
  const [signed, setSigned] = useState<ReadonlySet<number>>(new Set())
  const [putOff, setPutOff] = useState<number | null>(null)
  const all = unread.data?.items ?? []
  const left = all.filter(note => !signed.has(note.id))
  const [note] = left
  if (note === undefined) return null
  const signNow = () =>
    sign.mutate(note.id, {
      onSuccess: () => {
        setSigned(new Set([...signed, note.id]))
        if (left.length === 1) message.success(t('handover.gate.done'))
      },
    })
  return (
    <Modal
      open={mayShow && putOff !== asked}
      width={780}
      title={
        <span className={styles.gateTitle}>
          {t('handover.gate')}
          {all.length > 1 && (
            <small>{t('handover.gate.count', { n: all.length - left.length + 1, of: all.length })}</small>
          )}
        </span>
      }
      onCancel={() => setPutOff(asked)}
      footer={null}
      destroyOnHidden
    >
      <Reading
        key={note.id}
        note={note}
        isSigning={sign.isPending}
        onSign={signNow}
        onLater={() => setPutOff(asked)}
      />
    </Modal>
  )
}

interface ReadingProps {
  readonly note: HandoverView
  readonly isSigning: boolean
  readonly onSign: () => void
  readonly onLater: () => void
}

/** It can be signed once its end has been on the screen. */
function Reading({ note, isSigning, onSign, onLater }: ReadingProps) {
  const { t } = useWords()
  const now = useNow(false)
  const text = useRef<HTMLDivElement>(null)
  const [wasRead, setWasRead] = useState(false)
  const look = useCallback(() => {
    const box = text.current
    if (box === null || box.clientHeight === 0) return
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - ROUNDING_PX) setWasRead(true)
  }, [])
  useEffect(() => {
    // The dialog takes the focus first; the keys are for the text.
    const soon = requestAnimationFrame(() => text.current?.focus())
    // A note that fits has been seen at once; one that unfolds with the dialog, once it has.
    const sizes = new ResizeObserver(look)
    if (text.current !== null) sizes.observe(text.current)
    return () => {
      cancelAnimationFrame(soon)
      sizes.disconnect()
    }
  }, [look])
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !wasRead || isSigning || event.target !== text.current) return
    event.preventDefault()
    onSign()
  }
  return (
    <div data-testid="handover-gate">
      <p className={styles.gateHead}>
        <span>
          <ShiftTitle note={note} />
        </span>
        <span>
          {t('handover.by', { name: note.writtenBy })}
          {note.publishedAt !== null && ` · ${dateAndTime(note.publishedAt, now)}`}
        </span>
        <small>{t('handover.gate.what')}</small>
      </p>
      <div
        ref={text}
        className={styles.gateText}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keyboard
        tabIndex={0}
        onScroll={look}
        onKeyDown={onKey}
        role="document"
      >
        <NoteText note={note} />
      </div>
      <footer className={styles.gateFoot}>
        <small>{t('handover.gate.keys')}</small>
        <Button onClick={onLater}>{t('handover.gate.later')}</Button>
        <Button
          type="primary"
          disabled={!wasRead}
          loading={isSigning}
          onClick={onSign}
          data-testid="gate-sign"
        >
          {t(wasRead ? 'handover.sign' : 'handover.gate.scroll')}
        </Button>
      </footer>
    </div>
  )
}
