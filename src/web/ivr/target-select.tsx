import { Select } from 'antd'
import type { Drawing } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import { branchesOf, KINDS, lead, type NodeKind, nodeOf, type Slot } from './drawing.ts'
import { KIND_LOOKS } from './kinds.tsx'
import { placeText } from './words.ts'

interface Props {
  readonly drawing: Drawing
  readonly slot: Slot
  readonly onDraw: (drawing: Drawing) => void
  readonly onAdd: (at: Slot, kind: NodeKind) => void
  /** What it means to lead nowhere, where that has a meaning. */
  readonly nowhere?: string
}

/** Where a way leads: to a node there is, or to a new one. */
export function TargetSelect({ drawing, slot, onDraw, onAdd, nowhere }: Props) {
  const { t } = useWords()
  const to = branchesOf(drawing, slot.node).find(({ by }) => by === slot.by)?.to ?? null
  const known = nodeOf(drawing, to) !== undefined
  const choose = (value: string | undefined) => {
    const kind = KINDS.find(one => value === `new:${one}`)
    if (kind === undefined) onDraw(lead(drawing, slot, value ?? null))
    else onAdd({ ...slot }, kind)
  }
  const items = Object.entries(drawing.nodes)
    .filter(([id]) => id !== slot.node)
    .map(([id, { name, kind }]) => ({ value: id, label: labelOf(kind, name) }))
  const fresh = KINDS.map(kind => ({ value: `new:${kind}`, label: labelOf(kind, t(`ivr.kind.${kind}`)) }))
  return (
    <Select
      style={{ width: '100%' }}
      allowClear={nowhere !== undefined}
      showSearch={{ optionFilterProp: 'title' }}
      aria-label={placeText(t, slot.by)}
      status={to === null && nowhere === undefined ? 'warning' : to !== null && !known ? 'error' : ''}
      placeholder={nowhere ?? t('ivr.panel.target')}
      value={known ? to : undefined}
      onChange={choose}
      options={[
        { label: t('ivr.panel.target.old'), options: items },
        { label: t('ivr.panel.target.new'), options: fresh },
      ]}
      data-testid={`ivr-to-${slot.by}`}
    />
  )
}

function labelOf(kind: NodeKind, name: string) {
  return (
    <>
      <i style={{ color: KIND_LOOKS[kind].colour, marginRight: 8 }}>{KIND_LOOKS[kind].icon}</i>
      {name}
    </>
  )
}
