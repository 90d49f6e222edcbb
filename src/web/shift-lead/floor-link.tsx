import { AnnounceButton } from '../announcements/announce-button.tsx'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { InBar } from '../shell/in-bar.tsx'
import styles from './floor.module.css'
import type { Floor } from './use-floor.ts'

/** Whether what is seen is the floor as it is now. */
export function FloorLink({ link }: { readonly link: Floor['link'] }) {
  const { t } = useWords()
  return (
    <InBar>
      <span className={styles.lamp} role="status" data-testid="floor-link" data-state={link}>
        <i className={css(styles[link])} />
        {t('floor.title')} {t(`link.${link}`)}
      </span>
      <AnnounceButton />
    </InBar>
  )
}
