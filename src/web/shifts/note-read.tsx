import { Button, Input } from 'antd'
import { useState } from 'react'
import type { HandoverView } from '../../people/handovers/schema.ts'
import { useWords } from '../kit/language.tsx'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import styles from './note.module.css'
import { NoteText, Part, ShiftTitle } from './note-text.tsx'
import { useHandoverActs } from './use-handovers.ts'

/** A published note: it stands. One may sign, tick off and, as a shift lead, add. */
export function NoteRead({ note, writes }: { readonly note: HandoverView; readonly writes: boolean }) {
  const { t } = useWords()
  const now = useNow(false)
  const { sign, tick, add } = useHandoverActs()
  return (
    <article className={styles.note} data-testid="handover-published">
      <header>
        <h2>
          <ShiftTitle note={note} />
        </h2>
        <span>
          {t('handover.by', { name: note.writtenBy })}
          {note.publishedAt !== null && ` · ${dateAndTime(note.publishedAt, now)}`}
        </span>
        {note.signedByMe ? (
          <b className={styles.tick}>✓ {t('handover.mine-signed')}</b>
        ) : (
          !note.writtenByMe && (
            <Button
              type="primary"
              loading={sign.isPending}
              onClick={() => sign.mutate(note.id)}
              data-testid="handover-sign"
            >
              {t('handover.sign')}
            </Button>
          )
        )}
      </header>
      <div className={styles.scroll}>
        <NoteText note={note} onTick={tick.mutate} />
        {writes && (
          <AddendumForm onAdd={(text, done) => add.mutate({ id: note.id, text }, { onSuccess: done })} />
        )}
        <Part title={t('handover.signatures')}>
          <ul className={styles.names}>
            {note.signatures.map(({ staff, name, at }) => (
              <li key={staff}>
                ✓ {name} <small>{dateAndTime(at, now)}</small>
              </li>
            ))}
            {note.awaited.map(({ staff, name }) => (
              <li key={staff} className={styles.awaited}>
                {name} <small>{t('handover.awaited')}</small>
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </article>
  )
}

function AddendumForm({ onAdd }: { readonly onAdd: (text: string, done: () => void) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const add = () => {
    if (text.trim() !== '') onAdd(text.trim(), () => setText(''))
  }
  return (
    <form
      className={styles.addendum}
      onSubmit={event => {
        event.preventDefault()
        add()
      }}
    >
      <Input
        maxLength={2_000}
        placeholder={t('handover.addendum.write')}
        value={text}
        onChange={event => setText(event.target.value)}
        data-testid="addendum-text"
      />
      <Button htmlType="submit" disabled={text.trim() === ''} data-testid="addendum-add">
        {t('handover.addendum.add')}
      </Button>
    </form>
  )
}
