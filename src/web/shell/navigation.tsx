import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { browserMemory } from '../kit/remembered.ts'
import { PAGE_GROUPS } from '../pages.ts'
import type { NavEntry } from './nav-entries.ts'
import { hashOf } from './place.ts'
import styles from './shell.module.css'

interface Props {
  readonly entries: readonly NavEntry[]
  /** The path of the page that is open. */
  readonly here: string
}

export function Navigation({ entries, here }: Props) {
  const { t } = useWords()
  const { narrow, toggle } = useNarrow()
  const groups = PAGE_GROUPS.map(group => ({
    group,
    members: entries.filter(entry => entry.group === group && entry.apart !== true),
  })).filter(({ members }) => members.length > 0)
  return (
    <nav className={css(styles.nav, narrow && styles.narrow)} aria-label={t('shell.nav')}>
      {groups.map(({ group, members }) => (
        <section key={group} aria-label={t(`shell.group.${group}`)}>
          <h2>{t(`shell.group.${group}`)}</h2>
          {members.map(entry => (
            <NavLink key={entry.path} entry={entry} narrow={narrow} current={entry.path === here} />
          ))}
        </section>
      ))}
      <button
        type="button"
        className={styles.fold}
        onClick={toggle}
        aria-label={t(narrow ? 'shell.wide' : 'shell.narrow')}
        aria-expanded={!narrow}
        data-testid="nav-fold"
      >
        {narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        {!narrow && <span>{t('shell.narrow')}</span>}
      </button>
    </nav>
  )
}

function NavLink(props: { readonly entry: NavEntry; readonly narrow: boolean; readonly current: boolean }) {
  const { t } = useWords()
  const { path, titleKey, icon: Icon, letter } = props.entry
  const link = useRef<HTMLAnchorElement>(null)
  // Whoever came by keys or by an address sees where they are, however long the list.
  useEffect(() => {
    if (props.current) link.current?.scrollIntoView({ block: 'nearest' })
  }, [props.current])
  return (
    <Tooltip title={props.narrow ? t(titleKey) : undefined} placement="right" mouseEnterDelay={0}>
      <a
        ref={link}
        href={hashOf(path)}
        className={styles.link}
        aria-current={props.current ? 'page' : undefined}
        aria-label={t(titleKey)}
        data-testid={`nav-${path}`}
      >
        <span className={styles.icon}>
          <Icon />
        </span>
        <span className={styles.word}>{t(titleKey)}</span>
        <kbd className={styles.letter}>{letter}</kbd>
      </a>
    </Tooltip>
  )
}

function useNarrow() {
  const [narrow, setNarrow] = useState(() => browserMemory.read('nav') === 'narrow')
  return {
    narrow,
    toggle() {
      browserMemory.write('nav', narrow ? 'wide' : 'narrow')
      setNarrow(!narrow)
    },
  }
}
