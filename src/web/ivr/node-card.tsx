import { Badge } from 'antd'
import type { CSSProperties } from 'react'
import type { Drawing, DrawnNode } from '../../floor/ivr/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { isAsking, nodeOf } from './drawing.ts'
import styles from './ivr.module.css'
import { KIND_LOOKS } from './kinds.tsx'
import { CARD, type Card } from './layout.ts'
import { usePlaces } from './use-ivr.ts'

interface Props {
  readonly card: Card
  readonly elementId: string
  readonly drawing: Drawing
  readonly problems: number
  readonly chosen: boolean
  readonly onChoose: (id: string) => void
}

export function NodeCard({
  card: { id, x, y, lost },
  elementId,
  drawing,
  problems,
  chosen,
  onChoose,
}: Props) {
  const { t } = useWords()
  const node = nodeOf(drawing, id)
  if (node === undefined) return null
  const { colour, icon } = KIND_LOOKS[node.kind]
  const look: CSSProperties & Record<'--kind', string> = { left: x, top: y, ...CARD, '--kind': colour }
  const isStart = id === drawing.start
  return (
    <button
      type="button"
      id={elementId}
      className={css(styles.card, chosen && styles.chosen, problems > 0 && styles.wrong, lost && styles.lost)}
      style={look}
      aria-pressed={chosen}
      tabIndex={chosen ? 0 : -1}
      onClick={() => onChoose(id)}
      data-testid={`ivr-card-${id}`}
    >
      {isStart && <span className={styles.start}>{t('ivr.card.start')}</span>}
      <span className={styles.cardHead}>
        <i>{icon}</i>
        <b>{node.name}</b>
        <small>{t(`ivr.kind.${node.kind}`)}</small>
      </span>
      <span className={styles.cardText}>
        <Summary node={node} />
      </span>
      {isAsking(node) && <small className={styles.law}>{t(lawOf(node))}</small>}
      {problems > 0 && <Badge className={styles.badge ?? ''} count={problems} size="small" />}
    </button>
  )
}

/** Where the node leads outside the tree, and what it says. */
function Summary({ node }: { readonly node: DrawnNode }) {
  const { t } = useWords()
  const place = usePlace(node)
  if (node.kind === 'hours') return t('ivr.card.hours')
  const { zh } = node.says
  const words = zh?.text.trim() || (zh?.recording ? t('ivr.card.recorded') : null)
  if (place === null) return words ?? t('ivr.card.silent')
  return (
    <>
      <span className={styles.place}>{place}</span>
      {words !== null && (
        <>
          <br />“{words}”
        </>
      )}
    </>
  )
}

/** Null: the node leads to no place outside the tree. */
function usePlace(node: DrawnNode): string | null {
  const { t, nameOf } = useWords()
  const { queues, lines } = usePlaces()
  switch (node.kind) {
    case 'queue': {
      const queue = queues.find(({ id }) => id === node.queue)
      return queue === undefined ? (node.queue ?? t('ivr.card.own-queue')) : nameOf(queue)
    }
    case 'line':
      return [node.line, lines.find(({ number }) => number === node.line)?.name].filter(Boolean).join(' ')
    case 'outside':
      return node.number
    default:
      return null
  }
}

/** What every menu does of itself, as far as this one says nothing else. */
function lawOf(node: Extract<DrawnNode, { kind: 'menu' | 'language' }>) {
  const ownZero = node.keys['0'] !== undefined
  if (node.silence !== null) return ownZero ? 'ivr.card.law.both-own' : 'ivr.card.law.silence-own'
  return ownZero ? 'ivr.card.law.zero-own' : 'ivr.card.law'
}
