import { EditOutlined, PlusOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Select, Tag, Tooltip } from 'antd'
import type { TreeForm, TreeSummary, TreeView } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import type { Sheet } from './editor.tsx'
import styles from './ivr.module.css'
import { TEMPLATES } from './templates.ts'
import type { Editor } from './use-editor.ts'

interface Props {
  readonly tree: TreeView
  readonly trees: readonly TreeSummary[]
  readonly editor: Editor
  readonly onOpen: (id: string) => void
  readonly onCreate: (form: TreeForm) => void
  readonly onSave: () => void
  readonly onSheet: (sheet: Sheet) => void
}

export function TreeBar({ tree, trees, editor, onOpen, onCreate, onSave, onSheet }: Props) {
  const { t } = useWords()
  const summary = trees.find(({ id }) => id === tree.id)
  return (
    <header className={styles.bar}>
      <Select
        className={styles.treeSelect ?? ''}
        aria-label={t('ivr.choose')}
        value={tree.id}
        onChange={onOpen}
        options={trees.map(({ id, name }) => ({ value: id, label: name }))}
        data-testid="ivr-tree"
      />
      <Dropdown
        trigger={['click']}
        menu={{
          items: TEMPLATES.map(({ key }) => ({ key, label: t(`ivr.template.${key}`) })),
          onClick({ key }) {
            const template = TEMPLATES.find(one => one.key === key)
            if (template !== undefined) onCreate(template.form)
          },
        }}
      >
        <Button icon={<PlusOutlined />} data-testid="ivr-new">
          {t('ivr.new')}
        </Button>
      </Dropdown>
      <Input
        className={styles.treeName ?? ''}
        prefix={<EditOutlined />}
        aria-label={t('ivr.name')}
        value={editor.form.name}
        maxLength={40}
        status={editor.form.name.trim() === '' ? 'error' : ''}
        onChange={event => editor.rename(event.target.value)}
        data-testid="ivr-name"
      />
      {summary !== undefined && <Standing tree={summary} />}
      <span className={styles.barEnd}>
        <Tooltip title={t('ivr.undo')}>
          <Button
            type="text"
            icon={<UndoOutlined />}
            aria-label={t('ivr.undo')}
            disabled={!editor.canUndo}
            onClick={editor.undo}
          />
        </Tooltip>
        <Tooltip title={t('ivr.redo')}>
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('ivr.redo')}
            disabled={!editor.canRedo}
            onClick={editor.redo}
          />
        </Tooltip>
        <Button onClick={() => onSheet('versions')} data-testid="ivr-versions">
          {t('ivr.versions')}
        </Button>
        <Button onClick={() => onSheet('lines')} data-testid="ivr-lines">
          {t('ivr.lines')}
        </Button>
        <span
          className={editor.dirty ? styles.unsaved : styles.saved}
          role="status"
          data-testid="ivr-state"
          data-dirty={editor.dirty}
        >
          {t(editor.dirty ? 'ivr.unsaved' : 'ivr.saved')}
        </span>
        <Button disabled={!editor.dirty} loading={editor.saving} onClick={onSave} data-testid="ivr-save">
          {t('ivr.save')}
        </Button>
        <Button type="primary" onClick={() => onSheet('publish')} data-testid="ivr-publish">
          {t('ivr.publish')}
        </Button>
      </span>
    </header>
  )
}

/** What callers hear of this tree now. */
function Standing({ tree: { latest, changed, lines } }: { readonly tree: TreeSummary }) {
  const { t } = useWords()
  return (
    <span className={styles.standing}>
      {latest === null ? (
        <Tag>{t('ivr.never')}</Tag>
      ) : (
        <Tag color="blue">{t('ivr.version', { version: latest })}</Tag>
      )}
      {latest !== null && changed && <Tag color="orange">{t('ivr.draft-differs')}</Tag>}
      <Tooltip title={lines.map(({ number, name }) => `${number} ${name}`).join('、')}>
        <small>{lines.length === 0 ? t('ivr.on-none') : t('ivr.on-lines', { count: lines.length })}</small>
      </Tooltip>
    </span>
  )
}
