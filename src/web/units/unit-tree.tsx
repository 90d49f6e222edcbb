import { CaretDownOutlined, CaretRightOutlined, SearchOutlined } from '@ant-design/icons'
import { Checkbox, Empty, Input, type InputRef, Spin } from 'antd'
import { Fragment, type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { UnitRow } from '../../casework/units/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { goTo, hashOf } from '../shell/place.ts'
import styles from './tree.module.css'
import { firstOfKind, type TreeRow, treeRows, unfolded, unitsAbove } from './tree-rows.ts'
import { useFoundUnits } from './use-units.ts'

interface Props {
  readonly units: readonly UnitRow[]
  readonly chosen: string | null
  readonly isEdited: (id: string) => boolean
}

/** The units as a tree to walk, or what a search has found; `/` searches, arrows walk, Esc clears. */
export function UnitTreePanel({ units, chosen, isEdited }: Props) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [showClosed, setShowClosed] = useState(false)
  const search = useDeferredValue(typed.trim())
  const found = useFoundUnits(search)
  const branches = useBranches(units, chosen)
  const input = useRef<InputRef>(null)
  useSearchKey(() => input.current?.focus({ cursor: 'all' }))
  const rows = useMemo(() => treeRows(units), [units])
  const hits = useMemo(() => {
    const byId = new Map(rows.map(row => [row.unit.id, row]))
    return (found.data ?? []).flatMap(({ id }) => byId.get(id) ?? [])
  }, [rows, found.data])
  const isShown = ({ unit }: TreeRow) => showClosed || !unit.closed || unit.id === chosen
  const shown = (search === '' ? unfolded(rows, branches.open) : hits).filter(isShown)
  const headed = useMemo(
    () => firstOfKind(rows.filter(({ unit }) => showClosed || !unit.closed)),
    [rows, showClosed],
  )
  const walk = (event: KeyboardEvent) => {
    const at = shown.findIndex(row => row.unit.id === chosen)
    const row = shown[at]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) goToRow(shown[Math.min(shown.length - 1, Math.max(0, at + step))])
    else if (search !== '' || row === undefined) return
    else if (event.key === 'ArrowRight') branches.set(row.unit.id, true)
    else if (event.key === 'ArrowLeft' && row.below > 0 && branches.open.has(row.unit.id)) {
      branches.set(row.unit.id, false)
    } else if (event.key === 'ArrowLeft') goToRow(rows.find(({ unit }) => unit.id === row.unit.parent))
    else return
    event.preventDefault()
  }
  return (
    <nav className={styles.panel} aria-label={t('units.title')}>
      <div className={styles.search}>
        <Input
          ref={input}
          allowClear
          value={typed}
          prefix={<SearchOutlined />}
          placeholder={t('units.search')}
          onChange={event => setTyped(event.target.value)}
          onPressEnter={() => goToRow(shown[0])}
          onKeyDown={event => {
            if (event.key === 'Escape') setTyped('')
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            goToRow(shown[0])
            document.getElementById(rowId(shown[0]?.unit.id ?? ''))?.focus()
          }}
          data-testid="unit-search"
        />
        <span className={styles.under}>
          {search === '' ? (
            <Checkbox checked={showClosed} onChange={event => setShowClosed(event.target.checked)}>
              {t('units.show-closed')}
            </Checkbox>
          ) : (
            t('units.found', { count: shown.length })
          )}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside have the focus; arrows walk among them */}
      <div className={styles.rows} onKeyDown={walk} data-testid="unit-rows">
        {search !== '' && found.isPending && <Spin className={styles.searching ?? ''} />}
        {search !== '' && !found.isPending && shown.length === 0 && (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={
              <>
                {t('units.none-found', { search })}
                <br />
                <small>{t('units.none-found.what')}</small>
              </>
            }
          />
        )}
        {shown.map(row => (
          <Fragment key={row.unit.id}>
            {search === '' && headed.has(row.unit.id) && (
              <h2 className={styles.kind}>{t(`units.kind.${row.unit.kind}`)}</h2>
            )}
            <Row
              row={row}
              isChosen={row.unit.id === chosen}
              isEdited={isEdited(row.unit.id)}
              isOpen={search === '' && row.below > 0 ? branches.open.has(row.unit.id) : null}
              onOpen={open => branches.set(row.unit.id, open)}
              above={search === '' ? null : unitsAbove(units, row.unit.id)}
            />
          </Fragment>
        ))}
      </div>
    </nav>
  )
}

interface RowProps {
  readonly row: TreeRow
  readonly isChosen: boolean
  readonly isEdited: boolean
  /** Null: nothing can be unfolded. */
  readonly isOpen: boolean | null
  readonly onOpen: (open: boolean) => void
  /** What it hangs below, in a list of hits; null in the tree. */
  readonly above: readonly UnitRow[] | null
}

function Row({ row, isChosen, isEdited, isOpen, onOpen, above }: RowProps) {
  const { t } = useWords()
  const { unit, depth, below, orders } = row
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (!isChosen) return
    link.current?.scrollIntoView({ block: 'nearest' })
    // Whoever walks with the arrows takes the focus along; whoever types keeps it.
    if (link.current?.parentElement?.parentElement?.contains(document.activeElement)) link.current.focus()
  }, [isChosen])
  return (
    <div
      className={css(styles.row, isChosen && styles.chosen)}
      style={{ paddingLeft: above === null ? depth * 16 : 0 }}
    >
      {isOpen === null ? (
        <span className={styles.leaf} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles.fold}
          aria-label={t(isOpen ? 'units.close-branch' : 'units.open-branch')}
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
          data-testid={`fold-${unit.id}`}
        >
          {isOpen ? <CaretDownOutlined /> : <CaretRightOutlined />}
        </button>
      )}
      <a
        ref={link}
        id={rowId(unit.id)}
        href={hashOf('units', unit.id)}
        className={css(styles.name, unit.closed && styles.closed, isEdited && styles.edited)}
        aria-current={isChosen ? 'true' : undefined}
        data-testid={`unit-${unit.id}`}
      >
        <span>{unit.name}</span>
        {above !== null && above.length > 0 && <small>{above.map(({ name }) => name).join(' / ')}</small>}
      </a>
      {unit.closed && <small className={styles.tag}>{t('units.closed')}</small>}
      {below > 0 && (
        <small className={styles.below} title={t('units.below', { count: below })}>
          {below}
        </small>
      )}
      {orders > 0 && (
        <small className={styles.orders} title={t('units.orders', { count: orders })}>
          {orders}
        </small>
      )}
    </div>
  )
}

function rowId(unit: string): string {
  return `unit-row-${unit}`
}

function goToRow(row: TreeRow | undefined): void {
  if (row !== undefined) goTo('units', row.unit.id)
}

/** What is unfolded: the root, and whatever leads to the unit that was chosen. */
function useBranches(units: readonly UnitRow[], chosen: string | null) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const roots = units.filter(unit => unit.parent === null).map(({ id }) => id)
  const wanted = [...roots, ...(chosen === null ? [] : unitsAbove(units, chosen).map(({ id }) => id))].join(
    ' ',
  )
  useEffect(() => {
    setOpen(before => new Set([...before, ...wanted.split(' ')]))
  }, [wanted])
  const set = (id: string, isOpen: boolean) => {
    const next = new Set(open)
    if (isOpen) next.add(id)
    else next.delete(id)
    setOpen(next)
  }
  return { open, set }
}

/** `/` from anywhere but a field. */
function useSearchKey(focus: () => void): void {
  const current = useRef(focus)
  current.current = focus
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (target?.closest('input, textarea, [contenteditable], [role=dialog]')) return
      event.preventDefault()
      current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
