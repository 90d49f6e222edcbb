import { EnterOutlined, PlusOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { KINDS, type NodeKind } from './drawing.ts'
import styles from './ivr.module.css'
import { KIND_LOOKS } from './kinds.tsx'
import { STUB, type Stub } from './layout.ts'

interface Props {
  readonly stub: Stub
  /** Of the node it leads to; null: it leads nowhere. */
  readonly name: string | null
  readonly onChoose: (id: string) => void
  readonly onAdd: (kind: NodeKind) => void
}

/** The end of a way: a leap to a node that lies elsewhere, or an open end where one can be added. */
export function StubPill({ stub: { branch, x, y }, name, onChoose, onAdd }: Props) {
  const { t } = useWords()
  const { to } = branch
  const place = { left: x, top: y, ...STUB }
  if (to !== null && name !== null) {
    return (
      <button type="button" className={styles.stub} style={place} onClick={() => onChoose(to)}>
        <EnterOutlined /> <span>{name}</span>
      </button>
    )
  }
  return (
    <Dropdown trigger={['click']} menu={kindsMenu(t, onAdd)}>
      <button
        type="button"
        className={css(styles.stub, styles.open)}
        style={place}
        data-testid={`ivr-open-${branch.node}-${branch.by}`}
      >
        <PlusOutlined /> <span>{t('ivr.card.choose')}</span>
      </button>
    </Dropdown>
  )
}

/** The kinds of nodes as a menu. */
export function kindsMenu(t: ReturnType<typeof useWords>['t'], onChoose: (kind: NodeKind) => void) {
  return {
    items: KINDS.map(kind => ({ key: kind, icon: KIND_LOOKS[kind].icon, label: t(`ivr.kind.${kind}`) })),
    onClick({ key }: { readonly key: string }) {
      const kind = KINDS.find(one => one === key)
      if (kind !== undefined) onChoose(kind)
    },
  }
}
