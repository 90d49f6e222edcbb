import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ActName } from '../../cases/life/acts.ts'
import type { LifeNumbers, LifeTable, Move } from '../../cases/life/table.ts'
import type { LifeTableView } from '../../casework/life/schema.ts'
import { ask } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import { Wrong, wrongKey } from '../settings/field.tsx'
import type { FieldProblems, FieldView } from '../settings/fields.ts'
import { isSame } from '../settings/merge.ts'
import { useEditor } from '../settings/use-editor.ts'
import styles from './case-rules.module.css'
import { linesOf } from './differences.ts'
import { ACTS, isAct, type LifeForm, lifeForm, NUMBERS, STATUSES, tableOf } from './life-form.ts'
import grid from './life-grid.module.css'
import { LifeGrid } from './life-grid.tsx'
import { movePlaces, numberPlaces } from './life-words.ts'
import { NumberInput } from './limit-cell.tsx'
import { MovePanel } from './move-panel.tsx'
import { PublishBar } from './publish-bar.tsx'
import { readLifeTable, useCheck, useFrame } from './use-case-rules.ts'

export const lifeDrafts = new Drafts<LifeTableView, LifeForm>()

interface Props {
  readonly view: LifeTableView
  readonly draftKey: string
  readonly onSaved: (view: LifeTableView) => void
  readonly onHistory: () => void
}

/** The life of orders, edited act by act over the version that was read. */
export function LifeEditor({ view, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const fields = useLifeFields()
  const [chosen, setChosen] = useState<ActName>('register')
  const editor = useEditor<LifeTableView, LifeForm>({
    drafts: lifeDrafts,
    draftKey,
    view,
    formOf: lifeForm,
    blank: lifeForm(view),
    async save(form, base) {
      const body = { table: tableOf(form), why: form.why }
      const ifMatch = `"${(base ?? view).version}"`
      return (await ask<LifeTableView>('/api/life-table', { method: 'PUT', body, ifMatch })).body
    },
    read: readLifeTable,
    onSaved(saved) {
      message.success(t('case-rules.life.saved', { version: saved.version }))
      onSaved(saved)
    },
  })
  const table = tableOf(editor.form)
  const problems = useCheck('/api/life-table/check', table, editor.dirty)
  return (
    <form className={styles.form} onSubmit={event => event.preventDefault()} data-testid="life">
      <LifeRead
        table={table}
        base={view.table}
        problems={problems}
        chosen={chosen}
        onChoose={setChosen}
        onNumbers={numbers => editor.change({ numbers })}
        onMove={(act, move) => editor.change({ [act]: move })}
      />
      <PublishBar
        editor={editor}
        problems={problems}
        why={editor.form.why}
        onWhy={why => editor.change({ why })}
        onHistory={onHistory}
      >
        <WrongPlaces problems={problems} onChoose={setChosen} />
      </PublishBar>
      <ConflictDialog editor={editor} fields={fields} formOf={lifeForm} />
    </form>
  )
}

/** The same, for whoever only looks. */
export function LifeShown({ view }: { readonly view: LifeTableView }) {
  const [chosen, setChosen] = useState<ActName>('register')
  return (
    <div className={styles.form} data-testid="life">
      <LifeRead
        table={view.table}
        base={view.table}
        problems={{}}
        chosen={chosen}
        onChoose={setChosen}
        onNumbers={null}
        onMove={null}
      />
    </div>
  )
}

interface ReadProps {
  readonly table: LifeTable
  readonly base: LifeTable
  readonly problems: FieldProblems
  readonly chosen: ActName
  readonly onChoose: (act: ActName) => void
  /** null: to look at only. */
  readonly onNumbers: ((numbers: LifeNumbers) => void) | null
  readonly onMove: ((act: ActName, move: Move) => void) | null
}

function LifeRead({ table, base, problems, chosen, onChoose, onNumbers, onMove }: ReadProps) {
  const frame = useFrame().data
  const asItWas = isSame(table.moves[chosen], base.moves[chosen])
  return (
    <div className={styles.life}>
      <div className={styles.table}>
        <Numbers numbers={table.numbers} problems={problems} onChange={onNumbers} />
        <Legend />
        <LifeGrid
          table={table}
          base={base}
          frame={frame}
          problems={problems}
          chosen={chosen}
          onChoose={onChoose}
        />
      </div>
      <MovePanel
        act={chosen}
        move={table.moves[chosen]}
        frame={frame}
        problems={problems}
        onChange={onMove === null ? null : move => onMove(chosen, move)}
        onUndo={onMove === null || asItWas ? null : () => onMove(chosen, base.moves[chosen])}
      />
    </div>
  )
}

function Legend() {
  const { t } = useWords()
  const mark = (name: string | undefined, words: string, sign: ReactNode = null) => (
    <div>
      <span className={name}>{sign}</span>
      {words}
    </div>
  )
  return (
    <div className={css(grid.legend, styles.legend)}>
      <b>{t('case-rules.moves')}</b>
      {mark(grid.from, t('case-rules.legend.from'))}
      {mark(grid.to, t('case-rules.legend.to'), '→')}
      {mark(grid.stays, t('case-rules.legend.stays'))}
      <small>{t('case-rules.moves.what')}</small>
    </div>
  )
}

function useLifeFields(): readonly FieldView<LifeForm>[] {
  const { t } = useWords()
  const frame = useFrame().data
  return [
    {
      field: 'numbers',
      label: t('case-rules.numbers'),
      show: ({ numbers }) => linesOf(numberPlaces(t, numbers)),
    },
    ...ACTS.map(act => ({
      field: act,
      label: t(`case-rules.act.${act}`),
      show: (form: LifeForm) => linesOf(movePlaces(t, act, form[act], frame)),
    })),
    { field: 'why', label: t('case-rules.why'), show: ({ why }) => why },
  ]
}

/** Every wrong place by its name; one of an act leads there. */
function WrongPlaces(props: { readonly problems: FieldProblems; readonly onChoose: (act: ActName) => void }) {
  const { t } = useWords()
  const places = Object.entries(props.problems)
  if (places.length === 0) return null
  return (
    <ul className={styles.wrongPlaces} data-testid="wrong-places">
      {places.map(([path, problem]) => {
        const [part = '', name = '', where = ''] = path.split('.')
        const act = part === 'moves' && isAct(name) ? name : null
        const words = placeWords(t, part, name, where)
        return (
          <li key={path} data-problem={problem} data-place={path}>
            {act === null ? (
              <b>{words}</b>
            ) : (
              <Button type="link" size="small" onClick={() => props.onChoose(act)}>
                {words}
              </Button>
            )}
            {t(wrongKey(problem))}
          </li>
        )
      })}
    </ul>
  )
}

const PARTS = {
  from: 'case-rules.from-statuses',
  to: 'case-rules.leads-to',
  who: 'case-rules.who',
  guards: 'case-rules.guards',
} as const

function isPart(name: string): name is keyof typeof PARTS {
  return Object.hasOwn(PARTS, name)
}

function placeWords(t: ReturnType<typeof useWords>['t'], part: string, name: string, where: string): string {
  const status = STATUSES.find(one => one === name)
  if (part === 'statuses' && status !== undefined) return t(`case.status.${status}`)
  const number = NUMBERS.find(([one]) => one === name)
  if (part === 'numbers' && number !== undefined) return t(`case-rules.number.${number[0]}`)
  if (part !== 'moves' || !isAct(name)) return [part, name, where].filter(Boolean).join('.')
  const act = t(`case-rules.act.${name}`)
  return isPart(where) ? `${act} · ${t(PARTS[where])}` : act
}

interface NumbersProps {
  readonly numbers: LifeNumbers
  readonly problems: FieldProblems
  readonly onChange: ((numbers: LifeNumbers) => void) | null
}

function Numbers({ numbers, problems, onChange }: NumbersProps) {
  const { t } = useWords()
  return (
    <div className={styles.numbers} title={t('case-rules.numbers')}>
      {NUMBERS.map(([name, scale]) => {
        const problem = problems[`numbers.${name}`]
        return (
          <p key={name} className={css(styles.line, problem !== undefined && styles.bad)}>
            <span className={styles.name}>{t(`case-rules.number.${name}`)}</span>
            <NumberInput
              label={t(`case-rules.number.${name}`)}
              value={numbers[name] / scale}
              disabled={onChange === null}
              onChange={value => onChange?.({ ...numbers, [name]: Math.round(value * scale) })}
            />
            {t(`case-rules.number.${name}.unit`)}
            {problem !== undefined && <Wrong problem={problem} />}
          </p>
        )
      })}
    </div>
  )
}
