import { Alert, Button, Dropdown, Empty } from 'antd'
import { useState } from 'react'
import type { HandoverRow } from '../../people/handovers/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { dayOf } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { begunShifts } from './begun-shifts.ts'
import styles from './handover.module.css'
import { NoteDraft } from './note-draft.tsx'
import { NoteRead } from './note-read.tsx'
import { ShiftTitle } from './note-text.tsx'
import { useHandover, useHandoverActs, useHandoverList, useShiftKinds } from './use-handovers.ts'

/** Handover notes (交接班日记): the list on the left; the one that is open on the right, to be read or written. */
export default function HandoverPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const writes = me.role === 'shift-lead' || me.role === 'admin'
  const [chosen, setChosen] = useState<number | null>(null)
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null])
  const newest = useHandoverList(null)
  const open = chosen ?? newest.data?.items[0]?.id ?? null
  return (
    <main className={styles.page}>
      <aside className={styles.list}>
        <header>
          <h1>{t('handover.title')}</h1>
          {writes && <WriteButton rows={newest.data?.items ?? []} onBegun={setChosen} />}
        </header>
        {newest.isError && <Alert type="error" showIcon title={t('handover.failed')} />}
        <ul data-testid="handover-list">
          {cursors.map((cursor, index) => (
            <Rows
              key={cursor}
              cursor={cursor}
              isLast={index === cursors.length - 1}
              open={open}
              onOpen={setChosen}
              onMore={next => setCursors([...cursors, next])}
            />
          ))}
        </ul>
      </aside>
      <section className={styles.open}>
        {open !== null ? (
          <OpenNote key={open} id={open} writes={writes} />
        ) : (
          newest.isSuccess && (
            <Empty
              className={styles.empty ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={
                <>
                  <b>{t('handover.none')}</b>
                  <br />
                  {t('handover.none.what')}
                </>
              }
            />
          )
        )}
      </section>
    </main>
  )
}

function Rows(props: {
  readonly cursor: string | null
  readonly isLast: boolean
  readonly open: number | null
  readonly onOpen: (id: number) => void
  readonly onMore: (cursor: string) => void
}) {
  const { t } = useWords()
  const { data } = useHandoverList(props.cursor)
  const next = data?.next ?? null
  return (
    <>
      {(data?.items ?? []).map(row => (
        <Row key={row.id} row={row} isOpen={row.id === props.open} onOpen={() => props.onOpen(row.id)} />
      ))}
      {props.isLast && next !== null && (
        <li>
          <Button type="text" block onClick={() => props.onMore(next)}>
            {t('handover.more')}
          </Button>
        </li>
      )}
    </>
  )
}

function Row(props: { readonly row: HandoverRow; readonly isOpen: boolean; readonly onOpen: () => void }) {
  const { t } = useWords()
  const { row, isOpen, onOpen } = props
  return (
    <li>
      <button
        type="button"
        className={css(styles.row, isOpen && styles.isOpen)}
        aria-current={isOpen}
        onClick={onOpen}
        data-testid={`handover-${row.id}`}
      >
        <span className={styles.which}>
          <ShiftTitle note={row} />
        </span>
        <span className={styles.facts}>
          {row.writtenBy}
          <i className={css(row.state === 'draft' ? styles.draft : styles.published)}>
            {t(`handover.${row.state}`)}
          </i>
          {row.state === 'published' && (
            <small>{t('handover.signed-count', { count: row.signatures })}</small>
          )}
          {row.openMatters > 0 && (
            <small className={styles.openMatters}>
              {t('handover.open-count', { count: row.openMatters })}
            </small>
          )}
          {row.signedByMe && <small className={styles.tick}>✓ {t('handover.mine-signed')}</small>}
        </span>
      </button>
    </li>
  )
}

function OpenNote({ id, writes }: { readonly id: number; readonly writes: boolean }) {
  const { t } = useWords()
  const note = useHandover(id)
  if (note.data === undefined) {
    return note.isError ? <Alert type="error" showIcon title={t('handover.failed')} /> : null
  }
  return note.data.state === 'draft' ? (
    <NoteDraft note={note.data} />
  ) : (
    <NoteRead note={note.data} writes={writes} />
  )
}

/** Offers the shifts that have begun of late and have no note. */
function WriteButton(props: {
  readonly rows: readonly HandoverRow[]
  readonly onBegun: (id: number) => void
}) {
  const { t } = useWords()
  const now = useNow()
  const kinds = useShiftKinds()
  const { begin } = useHandoverActs()
  const free = begunShifts(kinds, now, dayOf(now)).filter(
    shift => !props.rows.some(row => row.day === shift.day && row.shift === shift.shift),
  )
  return (
    <Dropdown
      trigger={['click']}
      disabled={free.length === 0}
      menu={{
        items: free.map(({ day, shift, startsAt, endsAt }) => ({
          key: `${day} ${shift}`,
          label: <ShiftTitle note={{ day, shift, startsAt, endsAt }} />,
          onClick: () => begin.mutate({ day, shift }, { onSuccess: note => props.onBegun(note.id) }),
        })),
      }}
    >
      <Button type="primary" loading={begin.isPending} data-testid="handover-write">
        {t('handover.write')}
      </Button>
    </Dropdown>
  )
}
