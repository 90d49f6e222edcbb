import { DeleteOutlined, InsertRowLeftOutlined, SwapOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, Empty, Input, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Drawing, DrawnNode, ProblemView, Says } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import { isRemovable, move, type NodeKind, nodeOf, openSlots, type Slot, withNode } from './drawing.ts'
import styles from './ivr.module.css'
import { KeysField } from './keys-field.tsx'
import { KIND_LOOKS } from './kinds.tsx'
import { layOut } from './layout.ts'
import { LineField, NumberField, QueueField } from './place-fields.tsx'
import { SaysField } from './says-field.tsx'
import { kindsMenu } from './stub-pill.tsx'
import { TargetSelect } from './target-select.tsx'
import { placeText, problemText } from './words.ts'

export interface PanelProps {
  readonly id: string | null
  readonly node: DrawnNode | undefined
  readonly drawing: Drawing
  readonly problems: readonly ProblemView[]
  readonly onDraw: (drawing: Drawing, tag?: string) => void
  readonly onAdd: (at: Slot, kind: NodeKind) => void
  readonly onRemove: (id: string, then: string | null) => void
}

/** All of the chosen node. */
export function NodePanel(props: PanelProps) {
  const { t } = useWords()
  const { id, node } = props
  if (id === null || node === undefined) {
    return (
      <aside className={styles.panel}>
        <Empty
          className={styles.nothing ?? ''}
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            <>
              <b>{t('ivr.panel.none')}</b>
              <br />
              {t('ivr.panel.none.what')}
            </>
          }
        />
      </aside>
    )
  }
  return <Panel {...props} id={id} node={node} />
}

function Panel(props: PanelProps & { readonly id: string; readonly node: DrawnNode }) {
  const { t } = useWords()
  const { id, node, drawing, problems, onDraw } = props
  const { colour, icon } = KIND_LOOKS[node.kind]
  return (
    <aside className={styles.panel} aria-label={node.name} data-testid="ivr-panel">
      <header className={styles.panelHead}>
        <span style={{ background: colour }}>
          {icon} {t(`ivr.kind.${node.kind}`)}
        </span>
        <Tools {...props} />
      </header>
      {problems.length > 0 && (
        <Alert
          type="error"
          className={styles.panelProblems ?? ''}
          data-testid="ivr-panel-problems"
          title={problems.map(problem => (
            <div key={`${problem.at} ${problem.problem}`}>{problemText(t, problem)}</div>
          ))}
        />
      )}
      <Field label={t('ivr.panel.name')}>
        <Input
          id="ivr-node-name"
          value={node.name}
          maxLength={40}
          status={node.name.trim() === '' ? 'error' : ''}
          onChange={event =>
            onDraw(withNode(drawing, id, { ...node, name: event.target.value }), `${id}.name`)
          }
        />
      </Field>
      {node.kind !== 'hours' && (
        <Field label={t('ivr.panel.says')}>
          <SaysField
            says={node.says}
            onChange={(says, language) =>
              onDraw(withNode(drawing, id, withSays(node, says)), language && `${id}.says.${language}`)
            }
          />
        </Field>
      )}
      <Ways {...props} />
    </aside>
  )
}

/** TypeScript does not follow a spread over the whole union. */
function withSays(node: Exclude<DrawnNode, { kind: 'hours' }>, says: Says): DrawnNode {
  return Object.assign({}, node, { says })
}

/** Where it leads. */
function Ways({
  id,
  node,
  drawing,
  onDraw,
  onAdd,
}: PanelProps & { readonly id: string; readonly node: DrawnNode }) {
  const { t } = useWords()
  const target = (by: string) => (
    <TargetSelect drawing={drawing} slot={{ node: id, by }} onDraw={onDraw} onAdd={onAdd} />
  )
  const set = (changed: DrawnNode, tag?: string) => onDraw(withNode(drawing, id, changed), tag)
  switch (node.kind) {
    case 'play':
      return <Field label={t('ivr.panel.next')}>{target('next')}</Field>
    case 'hours':
      return (
        <>
          <Field label={t('ivr.panel.open')}>{target('open')}</Field>
          <Field label={t('ivr.panel.closed')}>{target('closed')}</Field>
        </>
      )
    case 'menu':
    case 'language':
      return <KeysField id={id} node={node} drawing={drawing} onDraw={onDraw} onAdd={onAdd} />
    case 'queue':
      return (
        <Field label={t('ivr.panel.queue')}>
          <QueueField queue={node.queue} onChange={queue => set({ ...node, queue })} />
        </Field>
      )
    case 'line':
      return (
        <Field label={t('ivr.panel.line')}>
          <LineField line={node.line} onChange={line => set({ ...node, line })} />
        </Field>
      )
    case 'outside':
      return (
        <Field label={t('ivr.panel.number')}>
          <NumberField number={node.number} onChange={number => set({ ...node, number }, `${id}.number`)} />
        </Field>
      )
    case 'hang-up':
      return null
  }
}

/** Before it, elsewhere, away. */
function Tools({ id, drawing, onDraw, onAdd, onRemove }: PanelProps & { readonly id: string }) {
  const { t } = useWords()
  const card = layOut(drawing).cards.find(one => one.id === id)
  const from = card?.from ?? null
  const slots = id === drawing.start ? [] : openSlots(drawing, id)
  const removable = isRemovable(drawing, id)
  return (
    <span className={styles.tools}>
      <Dropdown
        disabled={from === null}
        trigger={['click']}
        menu={kindsMenu(t, kind => from && onAdd(from, kind))}
      >
        <Tooltip title={t('ivr.panel.insert')}>
          <Button
            type="text"
            size="small"
            icon={<InsertRowLeftOutlined />}
            aria-label={t('ivr.panel.insert')}
            disabled={from === null}
          />
        </Tooltip>
      </Dropdown>
      <Dropdown
        disabled={slots.length === 0}
        trigger={['click']}
        menu={{
          className: styles.slots ?? '',
          items: slots.map((slot, index) => ({
            key: index,
            label: `${nodeOf(drawing, slot.node)?.name} · ${placeText(t, slot.by)}`,
          })),
          onClick({ key }) {
            const slot = slots[Number(key)]
            if (slot !== undefined) onDraw(move(drawing, id, from, slot))
          },
        }}
      >
        <Tooltip title={slots.length === 0 ? t('ivr.panel.move.none') : t('ivr.panel.move')}>
          <Button
            type="text"
            size="small"
            icon={<SwapOutlined />}
            aria-label={t('ivr.panel.move')}
            disabled={slots.length === 0}
            data-testid="ivr-move"
          />
        </Tooltip>
      </Dropdown>
      <Tooltip title={removable ? t('ivr.panel.remove') : t('ivr.panel.remove.start')}>
        <Button
          type="text"
          size="small"
          danger
          icon={<DeleteOutlined />}
          aria-label={t('ivr.panel.remove')}
          disabled={!removable}
          onClick={() => onRemove(id, from?.node ?? null)}
          data-testid="ivr-remove"
        />
      </Tooltip>
    </span>
  )
}

export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className={styles.field}>
      <h4>{label}</h4>
      {children}
    </section>
  )
}
