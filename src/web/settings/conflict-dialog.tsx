import { Modal, Radio } from 'antd'
import { useState } from 'react'
import { useWords } from '../kit/language.tsx'
import type { FieldView } from './fields.ts'
import { differing, merged } from './merge.ts'
import styles from './settings.module.css'
import type { Editor } from './use-editor.ts'

interface Props<View, Form> {
  readonly editor: Pick<Editor<View, Form>, 'conflict' | 'saving' | 'resolve' | 'later'>
  readonly fields: readonly FieldView<Form>[]
  readonly formOf: (view: View) => Form
}

/** Stands over an editor when somebody else has saved first. */
export function ConflictDialog<View, Form extends object>({ editor, fields, formOf }: Props<View, Form>) {
  const { conflict } = editor
  if (conflict === null) return null
  return (
    <Choices
      fields={fields}
      base={conflict.base === null ? null : formOf(conflict.base)}
      mine={conflict.mine}
      theirs={formOf(conflict.theirs)}
      saving={editor.saving}
      onSave={editor.resolve}
      onLater={editor.later}
    />
  )
}

interface ChoicesProps<Form> {
  readonly fields: readonly FieldView<Form>[]
  /** What both started from; null when there is none. */
  readonly base: Form | null
  readonly mine: Form
  readonly theirs: Form
  readonly saving: boolean
  readonly onSave: (form: Form) => void
  readonly onLater: () => void
}

/** Both sides of what differs, and a choice for each: at first what each of the two has touched. */
function Choices<Form extends object>(props: ChoicesProps<Form>) {
  const { t } = useWords()
  const { fields, base, mine, theirs } = props
  const differ = differing(
    fields.map(({ field }) => field),
    mine,
    theirs,
  )
  const [kept, setKept] = useState<ReadonlySet<keyof Form>>(
    new Set(base === null ? differ : differing(differ, mine, base)),
  )
  const keep = (field: keyof Form, isMine: boolean) => {
    const next = new Set(kept)
    if (isMine) next.add(field)
    else next.delete(field)
    setKept(next)
  }
  const nothing = differ.length === 0
  return (
    <Modal
      open
      width={820}
      title={t('settings.conflict')}
      okText={t(nothing ? 'settings.conflict.take' : 'conflict.save')}
      cancelText={t('conflict.later')}
      confirmLoading={props.saving}
      onOk={() => props.onSave(merged(mine, theirs, kept))}
      onCancel={props.onLater}
      okButtonProps={{ 'data-testid': 'conflict-save' }}
    >
      <p>{t(nothing ? 'settings.conflict.same' : 'settings.conflict.what')}</p>
      {!nothing && (
        <table className={styles.conflict} data-testid="conflict">
          <thead>
            <tr>
              <th>{t('conflict.field')}</th>
              <th>{t('conflict.mine')}</th>
              <th>{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {fields
              .filter(({ field }) => differ.includes(field))
              .map(({ field, label, show }) => (
                <tr key={field} data-testid={`conflict-${field}`}>
                  <th>{label}</th>
                  {[true, false].map(isMine => (
                    <td key={String(isMine)}>
                      <Radio checked={kept.has(field) === isMine} onChange={() => keep(field, isMine)}>
                        {show(isMine ? mine : theirs)}
                      </Radio>
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </Modal>
  )
}
