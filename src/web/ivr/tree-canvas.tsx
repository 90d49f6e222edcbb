import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Drawing, ProblemView } from '../../floor/ivr/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import {
  DIGITS,
  isAsking,
  isRemovable,
  type NodeKind,
  nodeOf,
  openSlots,
  type Slot,
  swapKeys,
} from './drawing.ts'
import styles from './ivr.module.css'
import { type Card, type Edge, type Layout, layOut } from './layout.ts'
import { NodeCard } from './node-card.tsx'
import { StubPill } from './stub-pill.tsx'

interface Props {
  readonly drawing: Drawing
  readonly problems: readonly ProblemView[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly onAdd: (at: Slot, kind: NodeKind) => void
  readonly onRemove: (id: string, then: string | null) => void
  readonly onDraw: (drawing: Drawing) => void
}

const SCALES = [0.5, 0.65, 0.8, 1, 1.15]

/** The tree from left to right; the way to the chosen node stands out. */
export function TreeCanvas(props: Props) {
  const { drawing, problems, chosen, onChoose, onAdd } = props
  const { t } = useWords()
  const layout = useMemo(() => layOut(drawing), [drawing])
  const frame = useRef<HTMLDivElement>(null)
  const [scale, setScale] = useState(1)
  const way = wayTo(layout, chosen)
  const lost = layout.cards.find(card => card.lost && card.from === null)
  useEffect(() => {
    if (chosen === null) return
    document.getElementById(cardId(chosen))?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen])
  const fit = () => {
    const { clientWidth = 1, clientHeight = 1 } = frame.current ?? {}
    setScale(Math.max(0.4, Math.min(1, clientWidth / layout.width, clientHeight / layout.height)))
  }
  const step = (by: 1 | -1) =>
    setScale((by > 0 ? SCALES.find(one => one > scale) : SCALES.findLast(one => one < scale)) ?? scale)
  return (
    <div className={styles.canvas}>
      <div className={styles.frame} ref={frame}>
        <div className={styles.sheet} style={{ width: layout.width * scale, height: layout.height * scale }}>
          {/** biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the cards within */}
          <div
            className={styles.scaled}
            style={{ width: layout.width, height: layout.height, transform: `scale(${scale})` }}
            onKeyDown={event => handleKey(event, props, layout)}
          >
            <svg width={layout.width} height={layout.height} aria-hidden="true">
              {layout.edges.map(edge => (
                <path
                  key={`${edge.branch.node} ${edge.branch.by}`}
                  d={curve(edge)}
                  className={css(
                    styles.edge,
                    way.has(edge.branch.to ?? '') && way.has(edge.branch.node) && styles.onWay,
                  )}
                />
              ))}
            </svg>
            {layout.edges.map(edge => (
              <EdgeLabel key={`${edge.branch.node} ${edge.branch.by}`} edge={edge} />
            ))}
            {lost !== undefined && (
              <span className={styles.lostTitle} style={{ left: lost.x, top: lost.y - 22 }}>
                {t('ivr.card.lost')}
              </span>
            )}
            {layout.cards.map(card => (
              <NodeCard
                key={card.id}
                card={card}
                elementId={cardId(card.id)}
                drawing={drawing}
                problems={problems.filter(({ node }) => node === card.id).length}
                chosen={card.id === chosen}
                onChoose={onChoose}
              />
            ))}
            {layout.stubs.map(stub => (
              <StubPill
                key={`${stub.branch.node} ${stub.branch.by}`}
                stub={stub}
                name={nodeOf(drawing, stub.branch.to)?.name ?? null}
                onChoose={onChoose}
                onAdd={kind => onAdd(stub.branch, kind)}
              />
            ))}
          </div>
        </div>
      </div>
      <div className={styles.zoom}>
        <Button
          size="small"
          icon={<MinusOutlined />}
          aria-label={t('ivr.smaller')}
          onClick={() => step(-1)}
        />
        <Button size="small" onClick={fit}>
          {t('ivr.fit')}
        </Button>
        <Button size="small" icon={<PlusOutlined />} aria-label={t('ivr.larger')} onClick={() => step(1)} />
      </div>
    </div>
  )
}

function EdgeLabel({ edge: { branch, x2, y2 } }: { readonly edge: Edge }) {
  const { t } = useWords()
  const { by } = branch
  if (by === 'next') return null
  const isKey = by === 'open' || by === 'closed' || by === 'silence' ? null : by
  return (
    <span className={css(styles.label, isKey !== null && styles.key)} style={{ left: x2 - 12, top: y2 }}>
      {by === 'open' || by === 'closed' || by === 'silence' ? t(`ivr.by.${by}`) : by}
    </span>
  )
}

function curve({ x1, y1, x2, y2 }: Edge): string {
  const bend = (x2 - x1) / 2
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`
}

/** The nodes from the start to this one. */
function wayTo({ cards }: Layout, id: string | null): ReadonlySet<string> {
  const way = new Set<string>()
  for (let at = id; at !== null && !way.has(at); ) {
    way.add(at)
    at = cards.find(card => card.id === at)?.from?.node ?? null
  }
  return way
}

function cardId(id: string): string {
  return `ivr-card-${id}`
}

/** Arrows go to the parent, the first child, the neighbours; the rest changes the drawing. */
function handleKey(event: KeyboardEvent, props: Props, layout: Layout): void {
  const { drawing, chosen } = props
  const card = layout.cards.find(({ id }) => id === chosen)
  if (card === undefined || event.ctrlKey || event.metaKey) return
  if (!(event.target instanceof HTMLElement) || event.target.id !== cardId(card.id)) return
  const next = event.altKey ? null : neighbour(event.key, card, layout)
  if (next !== null) {
    props.onChoose(next.id)
    document.getElementById(cardId(next.id))?.focus()
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    if (isRemovable(drawing, card.id)) props.onRemove(card.id, card.from?.node ?? drawing.start)
  } else if (event.key === 'Insert') {
    const slot = openWay(drawing, card.id)
    if (slot !== undefined) props.onAdd(slot, 'queue')
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    const swapped = withSibling(drawing, card, event.key === 'ArrowUp' ? -1 : 1)
    if (swapped !== null) props.onDraw(swapped)
  } else if (event.key === 'Enter') {
    document.getElementById('ivr-node-name')?.focus()
  } else return
  event.preventDefault()
}

function neighbour(key: string, card: Card, { cards }: Layout): Card | null {
  const column = cards.filter(({ x }) => x === card.x).sort((one, other) => one.y - other.y)
  const index = column.indexOf(card)
  switch (key) {
    case 'ArrowLeft':
      return cards.find(({ id }) => id === card.from?.node) ?? null
    case 'ArrowRight':
      return (
        cards.filter(({ from }) => from?.node === card.id).sort((one, other) => one.y - other.y)[0] ?? null
      )
    case 'ArrowUp':
      return column[index - 1] ?? null
    case 'ArrowDown':
      return column[index + 1] ?? null
    default:
      return null
  }
}

/** A way of this node that leads nowhere, or its next free key. */
function openWay(drawing: Drawing, id: string): Slot | undefined {
  return openSlots(drawing, '').find(slot => slot.node === id)
}

function withSibling(drawing: Drawing, { from }: Card, by: 1 | -1): Drawing | null {
  const parent = nodeOf(drawing, from?.node ?? null)
  if (from === null || parent === undefined || !isAsking(parent)) return null
  const keys: readonly string[] = DIGITS.filter(digit => parent.keys[digit] !== undefined)
  const other = DIGITS.find(digit => digit === keys[keys.indexOf(from.by) + by])
  const one = DIGITS.find(digit => digit === from.by)
  return one === undefined || other === undefined ? null : swapKeys(drawing, from.node, one, other)
}
