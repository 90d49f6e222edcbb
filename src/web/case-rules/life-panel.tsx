import { App, Input } from 'antd'
import type { ActName } from '../../cases/life/acts.ts'
import type { OrderStatus } from '../../cases/life/order.ts'
import type { LifeNumbers, LifeTable, Who } from '../../cases/life/table.ts'
import type { LifeTableView } from '../../casework/life/schema.ts'
import { ask } from '../kit/api.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import { Wrong } from '../settings/field.tsx'
import type { FieldView } from '../settings/fields.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { useEditor } from '../settings/use-editor.ts'
import styles from './case-rules.module.css'
import { NumberInput } from './limit-cell.tsx'
import { Part } from './limits-editor.tsx'
import { readLifeTable } from './use-case-rules.ts'

interface NumbersForm {
  readonly numbers: LifeNumbers
  readonly why: string
}

const drafts = new Drafts<LifeTableView, NumbersForm>()
const formOf = ({ table }: LifeTableView): NumbersForm => ({ numbers: table.numbers, why: '' })
const HOUR_MS = 3_600_000

/** In the order in which an order comes to them; what stands beside the main line last. */
const STATUSES: readonly OrderStatus[] = [
  ...(['draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back', 'closed'] as const),
  ...(['archived', 'emergency', 'void', 'merged'] as const),
]

interface Props {
  readonly view: LifeTableView
  readonly draftKey: string
  readonly onSaved: (view: LifeTableView) => void
  readonly onHistory: () => void
}

export function LifeEditor({ view, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const fields = useNumberFields()
  const editor = useEditor<LifeTableView, NumbersForm>({
    drafts,
    draftKey,
    view,
    formOf,
    blank: formOf(view),
    async save({ numbers, why }, base) {
      const edited = base ?? view
      const body = { table: { ...edited.table, numbers }, why }
      const ifMatch = `"${edited.version}"`
      return (await ask<LifeTableView>('/api/life-table', { method: 'PUT', body, ifMatch })).body
    },
    read: readLifeTable,
    onSaved(saved) {
      message.success(t('case-rules.life.saved', { version: saved.version }))
      onSaved(saved)
    },
  })
  const { form, problems } = editor
  return (
    <form className={styles.form} onSubmit={event => event.preventDefault()} data-testid="life">
      <div className={styles.scroll}>
        <Part title={t('case-rules.numbers')} what={t('case-rules.numbers.what')}>
          <Numbers
            numbers={form.numbers}
            problems={problems}
            disabled={false}
            onChange={numbers => editor.change({ numbers })}
          />
          {editor.dirty && (
            <p className={styles.line}>
              <span className={styles.name}>{t('case-rules.why')}</span>
              <Input
                className={styles.why ?? ''}
                value={form.why}
                maxLength={500}
                placeholder={t('case-rules.why.what')}
                onChange={event => editor.change({ why: event.target.value })}
                data-testid="life-why"
              />
              {problems.why !== undefined && <Wrong problem="required" />}
            </p>
          )}
        </Part>
        <Moves table={view.table} />
      </div>
      <SaveBar editor={editor} onHistory={onHistory} isNew={false} />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

/** The same, for whoever only looks. */
export function LifeRead({ view }: { readonly view: LifeTableView }) {
  const { t } = useWords()
  return (
    <div className={styles.scroll} data-testid="life">
      <Part title={t('case-rules.numbers')} what={t('case-rules.numbers.what')}>
        <Numbers numbers={view.table.numbers} problems={{}} disabled onChange={() => {}} />
      </Part>
      <Moves table={view.table} />
    </div>
  )
}

const NUMBERS = [
  ['reopenDays', 1],
  ['archiveDays', 1],
  ['reworks', 1],
  ['callBackTries', 1],
  ['callBackApartMs', HOUR_MS],
  ['returnWorkingDays', 1],
] as const satisfies readonly (readonly [keyof LifeNumbers, number])[]

function useNumberFields(): readonly FieldView<NumbersForm>[] {
  const { t } = useWords()
  return [
    {
      field: 'numbers',
      label: t('case-rules.numbers'),
      show: ({ numbers }) =>
        NUMBERS.map(([name, scale]) => `${t(`case-rules.number.${name}`)} ${numbers[name] / scale}`).join(
          '\n',
        ),
    },
  ]
}

interface NumbersProps {
  readonly numbers: LifeNumbers
  readonly problems: Readonly<Record<string, string>>
  readonly disabled: boolean
  readonly onChange: (numbers: LifeNumbers) => void
}

function Numbers({ numbers, problems, disabled, onChange }: NumbersProps) {
  const { t } = useWords()
  return (
    <div className={styles.numbers}>
      {NUMBERS.map(([name, scale]) => {
        const problem = problems[`numbers.${name}`]
        return (
          <p key={name} className={css(styles.line, problem !== undefined && styles.bad)}>
            <span className={styles.name}>{t(`case-rules.number.${name}`)}</span>
            <NumberInput
              label={t(`case-rules.number.${name}`)}
              value={numbers[name] / scale}
              disabled={disabled}
              onChange={value => onChange({ ...numbers, [name]: Math.round(value * scale) })}
            />
            {t(`case-rules.number.${name}.unit`)}
            {problem !== undefined && <Wrong problem={problem} />}
          </p>
        )
      })}
    </div>
  )
}

function actsFrom(table: LifeTable, status: OrderStatus): readonly ActName[] {
  return (Object.keys(table.moves) as ActName[]).filter(act => table.moves[act].from.includes(status))
}

/** For each status what may be done, where it leads and by whom. */
function Moves({ table }: { readonly table: LifeTable }) {
  const { t } = useWords()
  return (
    <Part title={t('case-rules.moves')} what={t('case-rules.moves.what')}>
      <table className={styles.moves} data-testid="moves">
        <thead>
          <tr>
            <th>{t('case-rules.status')}</th>
            <th>{t('case-rules.act')}</th>
            <th>{t('case-rules.leads-to')}</th>
            <th>{t('case-rules.who')}</th>
          </tr>
        </thead>
        {STATUSES.map(status => {
          const acts = actsFrom(table, status)
          return (
            <tbody key={status}>
              {acts.map((act, index) => (
                <tr key={act}>
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={acts.length}>
                      {t(`case.status.${status}`)}
                    </th>
                  )}
                  <td>{t(`case-rules.act.${act}`)}</td>
                  <td>
                    <Targets table={table} act={act} from={status} />
                  </td>
                  <td>
                    <Whos who={table.moves[act].who} />
                  </td>
                </tr>
              ))}
              {acts.length === 0 && (
                <tr>
                  <th scope="rowgroup">{t(`case.status.${status}`)}</th>
                  <td colSpan={3}>{t('case-rules.nothing')}</td>
                </tr>
              )}
            </tbody>
          )
        })}
      </table>
    </Part>
  )
}

function Targets(props: { readonly table: LifeTable; readonly act: ActName; readonly from: OrderStatus }) {
  const { t } = useWords()
  const { from, to } = props.table.moves[props.act]
  const stays = from.length === to.length && from.every(status => to.includes(status))
  if (stays) return <span className={styles.stays}>{t('case-rules.stays')}</span>
  return <>{to.map(status => t(`case.status.${status}`)).join(t('case-rules.or'))}</>
}

function Whos({ who }: { readonly who: readonly Who[] }) {
  const { t } = useWords()
  const words = who.map(one => {
    if (one === 'service') return t('case-rules.service')
    const right = rightWord(one.right)
    const name = right === null ? one.right : t(right)
    return one.over === 'city' ? name : `${name}（${t(`case-rules.over.${one.over}`)}）`
  })
  return <>{words.join(t('case-rules.or'))}</>
}

function rightWord(right: string): PlainTextKey | null {
  const key = `case-rules.right.${right}`
  return isRightKey(key) ? key : null
}

function isRightKey(key: string): key is Extract<PlainTextKey, `case-rules.right.${string}`> {
  return key in TEXTS
}
