import { SearchOutlined } from '@ant-design/icons'
import { Button, Drawer, Empty, Input, type InputRef, Segmented, Spin, Tabs } from 'antd'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TransferBody } from '../../floor/call-control/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import { STATE_COLOUR } from '../kit/theme.ts'
import styles from './talk.module.css'
import { TABS, type Tab, type TargetRow } from './transfer-rows.ts'
import type { TalkActs } from './use-talk-acts.ts'
import { useTargets } from './use-targets.ts'

type How = TransferBody['how']
const HOWS: readonly How[] = ['consult', 'blind', 'conference']

interface Props {
  readonly open: boolean
  readonly seat: SeatView
  readonly acts: TalkActs
  readonly onClose: () => void
}

/** Whom to bring in or hand the citizen to, over the work order so that it stays in sight. */
export function TransferPanel({ open, seat, acts, onClose }: Props) {
  const { t } = useWords()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={440}
      mask={false}
      destroyOnHidden
      title={t('transfer.title')}
      extra={<small className={styles.hint}>{t('transfer.keys')}</small>}
      styles={{ body: { padding: 16, display: 'flex', flexDirection: 'column', gap: 10 } }}
      data-testid="transfer-panel"
    >
      <Chooser seat={seat} acts={acts} onClose={onClose} />
    </Drawer>
  )
}

function Chooser({ seat, acts, onClose }: Omit<Props, 'open'>) {
  const { t } = useWords()
  const [how, setHow] = useState<How>('consult')
  const [tab, setTab] = useState<Tab>('seat')
  const [search, setSearch] = useState('')
  const [picked, setPicked] = useState(0)
  const field = useRef<InputRef>(null)
  const { rows, loading, failed } = useTargets(tab, search, seat.number)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tab is begun by typing
  useEffect(() => {
    field.current?.focus()
    setPicked(0)
  }, [tab])

  const at = Math.min(picked, Math.max(0, rows.length - 1))
  const go = (row: TargetRow | undefined) => {
    if (row === undefined || acts.pending !== null) return
    acts.ask({ act: 'transfer', body: { target: row.target, how } }, onClose)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setPicked(Math.max(0, Math.min(rows.length - 1, at + step)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(rows[at])
    }
  }
  return (
    <>
      <Segmented<How>
        block
        value={how}
        onChange={setHow}
        options={HOWS.map(value => ({
          value,
          label: <span data-testid={`how-${value}`}>{t(`transfer.${value}`)}</span>,
        }))}
      />
      <p className={styles.what}>{t(`transfer.${how}.what`)}</p>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={key => {
          const next = TABS.find(known => known === key)
          if (next !== undefined) setTab(next)
          setSearch('')
        }}
        items={TABS.map(key => ({
          key,
          label: <span data-testid={`tab-${key}`}>{t(`transfer.${key}`)}</span>,
        }))}
      />
      <Input
        ref={field}
        value={search}
        onChange={event => {
          setSearch(event.target.value)
          setPicked(0)
        }}
        onKeyDown={onKey}
        placeholder={t(`transfer.search.${tab}`)}
        prefix={<SearchOutlined />}
        allowClear
        autoComplete="off"
        maxLength={40}
        data-testid="transfer-search"
      />
      <div className={styles.targets}>
        {loading && <Spin />}
        {failed && <p className={styles.what}>{t('transfer.failed-list')}</p>}
        {rows.map((row, index) => (
          <Target
            key={row.key}
            row={row}
            how={how}
            picked={index === at}
            onGo={() => go(row)}
            onPick={() => setPicked(index)}
          />
        ))}
        {!loading && !failed && rows.length === 0 && <Nothing tab={tab} searched={search !== ''} />}
      </div>
    </>
  )
}

function Nothing({ tab, searched }: { readonly tab: Tab; readonly searched: boolean }) {
  const { t } = useWords()
  const key =
    tab === 'outside'
      ? 'transfer.outside.hint'
      : tab === 'seat' && !searched
        ? 'transfer.none.seat'
        : 'transfer.none'
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(key)} />
}

function Target(props: {
  readonly row: TargetRow
  readonly how: How
  readonly picked: boolean
  readonly onGo: () => void
  readonly onPick: () => void
}) {
  const { t } = useWords()
  const { row, how, picked } = props
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (picked) line.current?.scrollIntoView({ block: 'nearest' })
  }, [picked])
  const tint: CSSProperties & Record<'--state', string> = {
    '--state': row.state === null ? 'transparent' : STATE_COLOUR[row.state],
  }
  const ready = row.state === 'ready'
  return (
    <div
      ref={line}
      className={css(styles.target, picked && styles.picked, !row.possible && styles.impossible)}
      style={tint}
      onMouseEnter={props.onPick}
      role="option"
      tabIndex={-1}
      aria-selected={picked}
      data-testid={`target-${row.key}`}
    >
      {row.code !== '' && <b className={styles.code}>{spaced(row.code)}</b>}
      <span className={styles.name}>{row.name}</span>
      {row.detail !== '' && <small>{row.detail}</small>}
      {row.state !== null && (
        <em className={styles.stateOf}>
          {ready && !row.possible ? t('transfer.away') : t(`state.${row.state}`)}
        </em>
      )}
      <Button
        size="small"
        type={picked ? 'primary' : 'default'}
        disabled={!row.possible}
        onClick={props.onGo}
        tabIndex={-1}
        data-testid={`go-${row.key}`}
      >
        {t(`transfer.${how}`)}
      </Button>
    </div>
  )
}
