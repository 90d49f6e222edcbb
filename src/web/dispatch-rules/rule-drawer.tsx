import { DeleteOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, InputNumber, Popconfirm } from 'antd'
import { useState } from 'react'
import type { DutyRuleForm, DutyRuleView } from '../../casework/dispatch/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import lines from '../lines/lines.module.css'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import { Drafts } from '../settings/drafts.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { useEditor } from '../settings/use-editor.ts'
import styles from './dispatch-rules.module.css'
import { RuleFields } from './rule-fields.tsx'
import { BLANK_RULE, formOf, movedTo } from './rule-form.ts'
import { useRuleFields } from './rule-words.ts'
import { addRule, placeRules, readRule, removeRule, saveRule } from './use-rules.ts'

export const ruleDrafts = new Drafts<DutyRuleView, DutyRuleForm>()

export function draftKey({ id }: Me, rule: string): string {
  return `${id}/${rule}`
}

export const NEW = 'new'

interface Props {
  readonly me: Me
  /** The id of the rule that was opened, `new` for one more; null: none is. */
  readonly opened: string | null
  readonly rules: readonly DutyRuleView[]
  readonly onClose: () => void
  readonly onHistory: (id: string) => void
}

export function RuleDrawer(props: Props) {
  const { t } = useWords()
  const { opened, rules, onClose } = props
  const view = rules.find(({ id }) => id === opened) ?? null
  return (
    <Drawer
      open={opened !== null && (view !== null || opened === NEW)}
      onClose={onClose}
      size={520}
      mask={false}
      getContainer={false}
      rootStyle={{ position: 'absolute' }}
      destroyOnHidden
      title={view === null ? t('dispatch-rules.new') : t('dispatch-rules.rule', { position: view.position })}
      extra={view !== null && <Place view={view} rules={rules} onRemoved={onClose} />}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
      data-testid="rule-drawer"
    >
      {opened !== null && <RuleEditor key={opened} {...props} opened={opened} view={view} />}
    </Drawer>
  )
}

interface EditorProps extends Props {
  readonly opened: string
  /** Null: it is to be added. */
  readonly view: DutyRuleView | null
}

function RuleEditor({ me, opened, view, onClose, onHistory }: EditorProps) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const fields = useRuleFields()
  const [position, setPosition] = useState<number | null>(null)
  const editor = useEditor<DutyRuleView, DutyRuleForm>({
    drafts: ruleDrafts,
    draftKey: draftKey(me, opened),
    view,
    formOf,
    blank: BLANK_RULE,
    save: (form, base) => (base === null ? addRule(form, position) : saveRule(form, base)),
    read: () => readRule(opened),
    onSaved() {
      message.success(t('settings.saved'))
      client.invalidateQueries({ queryKey: ['duty-rules'] })
      if (view === null) onClose()
    },
  })
  return (
    <form className={lines.editor} onSubmit={event => event.preventDefault()} data-testid="rule-editor">
      <div className={lines.fields}>
        <RuleFields editor={editor} position={view === null ? { value: position, put: setPosition } : null} />
      </div>
      <SaveBar
        editor={editor}
        isNew={view === null}
        onHistory={view === null ? null : () => onHistory(view.id)}
      />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

interface PlaceProps {
  readonly view: DutyRuleView
  readonly rules: readonly DutyRuleView[]
  readonly onRemoved: () => void
}

/** Where it stands among the others, and whether it stands at all: neither is a part of what is edited. */
function Place({ view, rules, onRemoved }: PlaceProps) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [position, setPosition] = useState<number | null>(null)
  const wanted = position ?? view.position
  const done = async (act: Promise<unknown>, told: string) => {
    try {
      await act
      message.success(told)
    } catch (error) {
      message.error(t(problemKey(error)))
    }
    setPosition(null)
    await client.invalidateQueries({ queryKey: ['duty-rules'] })
  }
  const move = () =>
    done(
      placeRules(
        movedTo(
          rules.map(({ id }) => id),
          view.id,
          wanted,
        ),
      ),
      t('dispatch-rules.moved'),
    )
  return (
    <span className={styles.place}>
      <InputNumber
        min={1}
        max={rules.length}
        precision={0}
        value={wanted}
        onChange={setPosition}
        onPressEnter={move}
        aria-label={t('dispatch-rules.position')}
        data-testid="rule-position"
      />
      <Button disabled={wanted === view.position} onClick={move} data-testid="rule-move">
        {t('dispatch-rules.move')}
      </Button>
      <Popconfirm
        title={t('dispatch-rules.remove.sure')}
        okText={t('dispatch-rules.remove')}
        cancelText={t('settings.cancel')}
        onConfirm={() => done(removeRule(view), t('dispatch-rules.removed')).then(onRemoved)}
      >
        <Button
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t('dispatch-rules.remove')}
          data-testid="rule-remove"
        />
      </Popconfirm>
    </span>
  )
}
