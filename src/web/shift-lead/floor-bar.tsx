import { Button, ConfigProvider } from 'antd'
import type { Me } from '../../people/sessions/schema.ts'
import { AnnounceButton } from '../announcements/announce-button.tsx'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { LanguageButton } from '../kit/language-button.tsx'
import { Mark } from '../kit/mark.tsx'
import { barTheme } from '../kit/theme.ts'
import { clock } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { useSignOut } from '../kit/use-sign-out.ts'
import styles from './floor.module.css'
import type { Floor } from './use-floor.ts'

export function FloorBar({ me, link }: { readonly me: Me; readonly link: Floor['link'] }) {
  const { t } = useWords()
  const signOut = useSignOut()
  return (
    <header className={styles.top}>
      <Mark />
      <strong>{t('app.name')}</strong>
      <span className={styles.sub}>{t('floor.title')}</span>
      <span className={styles.lamp} role="status" data-testid="floor-link" data-state={link}>
        <i className={css(styles[link])} />
        {t(`link.${link}`)}
      </span>
      <Clock />
      <span>{me.name}</span>
      <ConfigProvider theme={barTheme}>
        <AnnounceButton />
        <LanguageButton />
        <Button
          type="text"
          onClick={() => signOut.mutate()}
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
