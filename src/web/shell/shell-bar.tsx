import { LogoutOutlined, UserOutlined } from '@ant-design/icons'
import { App, Button, ConfigProvider } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import { NoticeBell } from '../cases/notice-bell.tsx'
import { useWords } from '../kit/language.tsx'
import { LanguageButton } from '../kit/language-button.tsx'
import { Mark } from '../kit/mark.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { barTheme } from '../kit/theme.ts'
import { clock } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { useSignOut } from '../kit/use-sign-out.ts'
import { KeysHelp } from './keys-help.tsx'
import type { NavEntry } from './nav-entries.ts'
import { hashOf } from './place.ts'
import styles from './shell.module.css'

interface Props {
  readonly me: Me
  readonly entries: readonly NavEntry[]
  readonly help: boolean
  readonly onHelp: (open: boolean) => void
  /** Where a page may show something of its own. */
  readonly slot: (element: HTMLElement | null) => void
}

export function ShellBar({ me, entries, help, onHelp, slot }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const signOut = useSignOut()
  return (
    <header className={styles.bar}>
      <Mark />
      <strong>{t('app.name')}</strong>
      <div ref={slot} className={styles.slot} />
      <Clock />
      <a className={styles.who} href={hashOf('account')} title={t('account.title')} data-testid="who">
        <UserOutlined />
        {me.name}
        <small>{t(`shell.role.${me.role}`)}</small>
      </a>
      <ConfigProvider theme={barTheme}>
        <NoticeBell me={me} />
        <KeysHelp entries={entries} open={help} onOpen={onHelp} />
        <LanguageButton />
        <Button
          type="text"
          icon={<LogoutOutlined />}
          onClick={() => signOut.mutate(undefined, { onError: error => message.error(t(problemKey(error))) })}
          loading={signOut.isPending}
          data-testid="sign-out"
        >
          {t('bar.sign-out')}
        </Button>
      </ConfigProvider>
    </header>
  )
}

function Clock() {
  return <time className={styles.clock}>{clock(new Date(useNow()).toISOString())}</time>
}
