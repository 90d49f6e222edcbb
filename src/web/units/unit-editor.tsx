import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import type { UnitForm, UnitRow, UnitView } from '../../casework/units/schema.ts'
import { ask } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import type { Drafts } from '../settings/drafts.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { useEditor } from '../settings/use-editor.ts'
import { ContactsEditor } from './contacts-editor.tsx'
import { DutyNow } from './duty-now.tsx'
import styles from './unit.module.css'
import { UnitFields } from './unit-fields.tsx'
import { blankBelow, formOf } from './unit-form.ts'
import { UnitHead } from './unit-head.tsx'
import { UnitRead } from './unit-read.tsx'
import { useUnitFields } from './use-unit-fields.ts'
import { putUnit, readUnit } from './use-units.ts'

interface Props {
  /** Null: it is to be added. */
  readonly view: UnitView | null
  /** Of one that is to be added: what it hangs below; null: it is the first of all. */
  readonly above: UnitRow | null
  readonly units: readonly UnitRow[]
  readonly mayEdit: boolean
  readonly drafts: Drafts<UnitView, UnitForm>
  readonly draftKey: string
  readonly onSaved: (view: UnitView) => void
  readonly onHistory: (() => void) | null
}

export function UnitEditor({ view, above, units, mayEdit, drafts, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const fields = useUnitFields()
  const [id, setId] = useState('')
  const editor = useEditor<UnitView, UnitForm>({
    drafts,
    draftKey,
    view,
    formOf,
    blank: blankBelow(above?.kind ?? null),
    save: (form, base) => (base === null ? addUnit(id, above?.id ?? null, form) : putUnit(base, '', form)),
    read: () => readUnit(view?.id ?? id),
    onSaved(saved) {
      message.success(t('settings.saved'))
      client.invalidateQueries({ queryKey: ['units'] })
      onSaved(saved)
    },
  })
  const { form, problems } = editor
  return (
    <form className={styles.editor} onSubmit={event => event.preventDefault()} data-testid="unit-editor">
      {view === null ? (
        <header className={styles.head}>
          <div>
            <p className={styles.path}>{above?.name}</p>
            <h2>{t(above === null ? 'units.new' : 'units.new.below')}</h2>
          </div>
        </header>
      ) : (
        <UnitHead unit={view} units={units} mayEdit={mayEdit} dirty={editor.dirty} />
      )}
      <div className={styles.scroll}>
        {view !== null && <DutyNow unit={view} />}
        {view !== null && !mayEdit ? (
          <UnitRead unit={view} />
        ) : (
          <div className={styles.columns}>
            {view === null && <UnitFields editor={editor} id={id} onId={setId} />}
            <ContactsEditor
              contacts={form.contacts}
              onDuty={view?.onDuty ?? []}
              problems={problems}
              onChange={contacts => editor.change({ contacts })}
            />
            {view !== null && <UnitFields editor={editor} id={null} onId={setId} />}
          </div>
        )}
      </div>
      {mayEdit ? (
        <SaveBar editor={editor} isNew={view === null} onHistory={onHistory} />
      ) : (
        <footer className={styles.readOnly}>{t('units.only-reading')}</footer>
      )}
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

async function addUnit(id: string, parent: string | null, form: UnitForm): Promise<UnitView> {
  return (await ask<UnitView>('/api/units', { method: 'POST', body: { id, parent, ...form } })).body
}
