import { HistoryOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './settings.module.css'
import type { Editor } from './use-editor.ts'

interface Props {
  readonly editor: Pick<
    Editor<never, never>,
    'dirty' | 'newer' | 'problems' | 'error' | 'saving' | 'undo' | 'save'
  >
  /** Null: what is not there yet has none. */
  readonly onHistory: (() => void) | null
  readonly isNew: boolean
}

export function SaveBar({ editor, onHistory, isNew }: Props) {
  const { t } = useWords()
  const { dirty, newer, problems, error, saving } = editor
  const wrong = Object.keys(problems).length
  const saves = dirty || isNew
  useSaveKey(() => {
    if (saves && !saving) editor.save()
  })
  return (
    <footer className={styles.saveBar}>
      <div role="status" className={styles.saveState}>
        {wrong > 0 ? (
          <Alert type="error" showIcon title={t('settings.wrong', { count: wrong })} data-testid="wrong" />
        ) : error !== null ? (
          <Alert type="error" showIcon title={t(problemKey(error))} data-testid="save-error" />
        ) : newer ? (
          <Alert type="warning" showIcon title={t('settings.newer')} />
        ) : (
          dirty && <span className={styles.unsaved}>{t('settings.unsaved')}</span>
        )}
      </div>
      {onHistory !== null && (
        <Button type="text" icon={<HistoryOutlined />} onClick={onHistory} data-testid="history">
          {t('settings.history')}
        </Button>
      )}
      <Button disabled={!dirty} onClick={editor.undo} data-testid="undo">
        {t('settings.undo')}
      </Button>
      <Button
        type="primary"
        disabled={!saves}
        loading={saving}
        onClick={editor.save}
        title={t('settings.hint.save')}
        data-testid="save"
      >
        {t(isNew ? 'settings.add' : 'settings.save')}
      </Button>
    </footer>
  )
}

export function useSaveKey(save: () => void): void {
  const current = useRef(save)
  current.current = save
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (!event.repeat) current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
