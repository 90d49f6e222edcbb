import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useWords } from '../kit/language.tsx'
import type { NavEntry } from './nav-entries.ts'
import styles from './shell.module.css'

interface Props {
  readonly entries: readonly NavEntry[]
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

export function KeysHelp({ entries, open, onOpen }: Props) {
  const { t } = useWords()
  return (
    <Popover
      open={open}
      onOpenChange={onOpen}
      trigger="click"
      placement="bottomRight"
      title={`${t('shell.keys')} · ${t('shell.keys.go')}`}
      content={
        <div className={styles.keys} data-testid="keys-help">
          <dl>
            {entries
              .filter(({ letter }) => letter !== undefined)
              .map(({ path, letter, titleKey }) => (
                <div key={path}>
                  <dt>
                    <kbd>g</kbd> <kbd>{letter}</kbd>
                  </dt>
                  <dd>{t(titleKey)}</dd>
                </div>
              ))}
            <div>
              <dt>
                <kbd>?</kbd>
              </dt>
              <dd>{t('shell.keys.help')}</dd>
            </div>
          </dl>
          <p>{t('shell.keys.typing')}</p>
        </div>
      }
    >
      <Button type="text" icon={<QuestionCircleOutlined />} aria-label={t('shell.keys')} data-testid="keys" />
    </Popover>
  )
}
