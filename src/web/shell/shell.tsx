import { useEffect, useState } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { pagesOf } from '../pages.ts'
import { BarSlot } from './in-bar.tsx'
import { MyPlace } from './my-place.tsx'
import { DESK, navEntries } from './nav-entries.ts'
import { Navigation } from './navigation.tsx'
import { NoSuchPage } from './no-such-page.tsx'
import { PageArea } from './page-area.tsx'
import { goTo, usePlace } from './place.ts'
import styles from './shell.module.css'
import { ShellBar } from './shell-bar.tsx'
import { useGoKeys } from './use-go-keys.ts'

/** What everybody but agents works in: the bar, the navigation, and one page of the registry at a time. */
export function Shell({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const [help, setHelp] = useState(false)
  const pages = pagesOf(me)
  const entries = navEntries(me)
  const home = (pages[0] ?? entries[0])?.path ?? null
  const named = usePlace().path
  const here = named === '' ? home : named
  const entry = pages.find(page => page.path === here)
  const titleKey = entries.find(({ path }) => path === here)?.titleKey
  const takesCalls = me.agentNumber !== null
  useGoKeys({
    go(letter) {
      const found = entries.find(one => one.letter === letter)
      if (found !== undefined) goTo(found.path)
    },
    help: () => setHelp(open => !open),
  })
  useEffect(() => {
    if (titleKey !== undefined) document.title = `${t(titleKey)} · 12345`
  }, [t, titleKey])
  return (
    <BarSlot value={slot}>
      <div className={styles.shell}>
        <ShellBar me={me} entries={entries} help={help} onHelp={setHelp} slot={setSlot} />
        <div className={styles.below}>
          <Navigation entries={entries} here={here ?? ''} />
          {takesCalls && (
            <div className={styles.area} hidden={here !== DESK.path}>
              <MyPlace me={me} hidden={here !== DESK.path} />
            </div>
          )}
          {!(takesCalls && here === DESK.path) && (
            <div className={styles.area}>
              {entry === undefined ? <NoSuchPage home={home} /> : <PageArea entry={entry} me={me} />}
            </div>
          )}
        </div>
      </div>
    </BarSlot>
  )
}
