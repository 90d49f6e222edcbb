import { AppstoreOutlined, DownOutlined } from '@ant-design/icons'
import { Button, Drawer, Dropdown } from 'antd'
import { useEffect } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { useWords } from '../kit/language.tsx'
import { pagesOf } from '../pages.ts'
import { useInShell } from './in-bar.tsx'
import { DESK } from './nav-entries.ts'
import { NoSuchPage } from './no-such-page.tsx'
import { PageArea } from './page-area.tsx'
import { goTo, usePlace } from './place.ts'
import { useGoKeys } from './use-go-keys.ts'

interface Props {
  readonly me: Me
  /** A call is being offered: it comes before whatever is being read. */
  readonly callComes: boolean
}

/** In the desk's own bar: the way to the other pages an agent may see. In the shell the navigation is the way. */
export function AgentPagesMenu({ me }: { readonly me: Me }) {
  const { t } = useWords()
  const pages = pagesOf(me)
  const listed = pages.filter(page => page.apart !== true)
  useGoKeys({
    go(letter) {
      const page = pages.find(one => one.letter === letter)
      if (page !== undefined) goTo(page.path)
      else if (letter === DESK.letter) goTo(DESK.path)
    },
  })
  if (listed.length === 0) return null
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: listed.map(({ path, titleKey, icon: Icon, letter }) => ({
          key: path,
          icon: <Icon />,
          label: <span data-testid={`page-${path}`}>{t(titleKey)}</span>,
          extra: letter === undefined ? null : `g ${letter}`,
          onClick: () => goTo(path),
        })),
      }}
    >
      <Button type="text" icon={<AppstoreOutlined />} data-testid="agent-pages">
        {t('shell.pages')} <DownOutlined />
      </Button>
    </Dropdown>
  )
}

/**
 * The page that was opened, over the desk's work order and beside the caller: the desk stays where it is, with its
 * phone and its connection. Stands in an element with a position of its own.
 */
export function AgentPagesDrawer(props: Props) {
  return useInShell() ? null : <PagesDrawer {...props} />
}

function PagesDrawer({ me, callComes }: Props) {
  const { t } = useWords()
  const { path } = usePlace()
  const entry = pagesOf(me).find(page => page.path === path)
  const open = path !== '' && path !== DESK.path
  useEffect(() => {
    if (callComes) goTo(DESK.path)
  }, [callComes])
  return (
    <Drawer
      open={open}
      onClose={() => goTo(DESK.path)}
      title={entry === undefined ? t('shell.none') : t(entry.titleKey)}
      size="calc(100% - 356px)"
      mask={false}
      destroyOnHidden
      getContainer={false}
      rootStyle={{ position: 'absolute' }}
      styles={{ body: { padding: 0 } }}
      data-testid="agent-pages-drawer"
    >
      {entry === undefined ? <NoSuchPage home={DESK.path} /> : <PageArea entry={entry} me={me} />}
    </Drawer>
  )
}
