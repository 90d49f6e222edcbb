import { HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Spin } from 'antd'
import { useState } from 'react'
import type { UnitForm, UnitRow, UnitView } from '../../casework/units/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { changedParts, hasFields } from '../settings/changed-parts.ts'
import { Drafts, useDrafts } from '../settings/drafts.ts'
import { HistoryDrawer } from '../settings/history-drawer.tsx'
import shared from '../settings/settings.module.css'
import { goTo, usePlace } from '../shell/place.ts'
import styles from './unit.module.css'
import { UnitEditor } from './unit-editor.tsx'
import { NEW } from './unit-head.tsx'
import { UnitTreePanel } from './unit-tree.tsx'
import { type UnitSide, useRecordedFields } from './use-unit-fields.ts'
import { useUnit, useUnits } from './use-units.ts'

const drafts = new Drafts<UnitView, UnitForm>()
const isUnit = hasFields<UnitSide>(['name', 'aliases', 'kind', 'phones', 'contacts', 'parent', 'closed'])

/** Who handles orders, and whom to call there: `#/units/zhujian`; `#/units/+/zhujian` adds one below it. */
export default function UnitsPage({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const units = useUnits()
  const [named, below] = usePlace().rest
  const [history, setHistory] = useState<{ readonly only: string | null } | null>(null)
  const edited = useDrafts(drafts)
  const all = units.data ?? []
  const mayEdit = me.rights.includes('settings.edit')
  const seesHistory = me.role === 'shift-lead' || me.role === 'admin'
  const root = all[0] ?? null
  const adds = mayEdit && (named === NEW || (units.isSuccess && root === null))
  const above = all.find(unit => unit.id === below) ?? root
  const chosen = adds ? null : (named ?? root?.id ?? null)
  const fields = useRecordedFields(all)
  const draftKey = (id: string) => `${me.id}/${id}`
  const editor = { units: all, mayEdit, drafts }
  const openHistory = seesHistory ? setHistory : null
  return (
    <div className={shared.page}>
      <header className={shared.head}>
        <h1>{t('units.title')}</h1>
        <span className={shared.quiet}>
          {t('units.what')}　{units.isSuccess && <Totals units={all} />}
        </span>
        <span className={shared.push}>
          {seesHistory && (
            <Button
              type="text"
              icon={<HistoryOutlined />}
              onClick={() => setHistory({ only: null })}
              data-testid="all-history"
            >
              {t('settings.history')}
            </Button>
          )}
          {mayEdit && (
            <Button icon={<PlusOutlined />} onClick={() => goTo('units', NEW)} data-testid="unit-new">
              {t('units.new')}
            </Button>
          )}
        </span>
      </header>
      {units.isError && <Alert type="error" banner title={t(problemKey(units.error))} />}
      {units.isPending ? (
        <Spin className={styles.opening ?? ''} />
      ) : (
        <div className={styles.both}>
          <UnitTreePanel units={all} chosen={chosen} isEdited={id => edited.has(draftKey(id))} />
          {adds ? (
            <UnitEditor
              key={`${NEW}/${above?.id ?? ''}`}
              {...editor}
              view={null}
              above={above}
              draftKey={draftKey(`${NEW}/${above?.id ?? ''}`)}
              onSaved={saved => goTo('units', saved.id)}
              onHistory={null}
            />
          ) : chosen === null ? (
            <Empty
              className={styles.opening ?? ''}
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(root === null ? 'units.empty' : 'units.pick')}
            />
          ) : (
            <OneUnit id={chosen} {...editor} draftKey={draftKey(chosen)} onHistory={openHistory} />
          )}
        </div>
      )}
      <HistoryDrawer
        open={history !== null}
        onClose={() => setHistory(null)}
        subjects={['unit']}
        only={history?.only ?? null}
        describe={({ key, before, after }) => ({
          title: all.find(unit => unit.id === key)?.name ?? key,
          parts: changedParts(fields, before, after, isUnit),
        })}
      />
    </div>
  )
}

interface OneProps {
  readonly id: string
  readonly units: readonly UnitRow[]
  readonly mayEdit: boolean
  readonly drafts: Drafts<UnitView, UnitForm>
  readonly draftKey: string
  /** Null: it is not theirs to see. */
  readonly onHistory: ((of: { readonly only: string }) => void) | null
}

function OneUnit({ id, onHistory, ...editor }: OneProps) {
  const { t } = useWords()
  const unit = useUnit(id)
  if (unit.isPending) return <Spin className={styles.opening ?? ''} />
  if (unit.data === undefined) {
    return <Empty className={styles.opening ?? ''} description={t(problemKey(unit.error))} />
  }
  return (
    <UnitEditor
      key={id}
      {...editor}
      view={unit.data}
      above={null}
      onSaved={() => {}}
      onHistory={onHistory === null ? null : () => onHistory({ only: id })}
    />
  )
}

function Totals({ units }: { readonly units: readonly UnitRow[] }) {
  const { t } = useWords()
  const orders = units.reduce((sum, unit) => sum + unit.openOrders, 0)
  return <>{t('units.count', { units: units.filter(unit => !unit.closed).length, orders })}</>
}
