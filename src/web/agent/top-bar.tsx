import { DownOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, ConfigProvider, Dropdown } from 'antd'
import type { CSSProperties } from 'react'
import type { SeatView } from '../../floor/seats/schema.ts'
import type { Me } from '../../people/sessions/schema.ts'
import { NoticeBell } from '../cases/notice-bell.tsx'
import { remove } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { LanguageButton } from '../kit/language-button.tsx'
import { Mark } from '../kit/mark.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { isInCall } from '../kit/seat-states.ts'
import type { PlainTextKey } from '../kit/texts.ts'
import { barTheme, STATE_COLOUR } from '../kit/theme.ts'
import { useSignOut } from '../kit/use-sign-out.ts'
import type { PhoneLine } from '../phone/phone-state.ts'
import { AgentPagesMenu } from '../shell/agent-pages.tsx'
import { InBar, useInShell } from '../shell/in-bar.tsx'
import { DESK } from '../shell/nav-entries.ts'
import { goTo, hashOf } from '../shell/place.ts'
import styles from './desk.module.css'
import type { DeskState } from './desk-state.ts'

interface Props {
  readonly me: Me
  readonly seat: SeatView
  readonly link: DeskState['link']
  readonly phoneLine: PhoneLine
}

/** In the shell only what is about the seat, shown over every page: who leads the floor may be in a call as well. */
export function TopBar(props: Props) {
  return useInShell() ? <InShellBar {...props} /> : <OwnBar {...props} />
}

function OwnBar({ me, seat, link, phoneLine }: Props) {
  const { t } = useWords()
  return (
    <header className={styles.top}>
      <Mark />
      <strong className={styles.city}>{t('app.name')}</strong>
      <span className={styles.sub}>{t('app.desk')}</span>
      <ConfigProvider theme={barTheme}>
        <AgentPagesMenu me={me} />
      </ConfigProvider>
      <Lamps seat={seat} link={link} phoneLine={phoneLine} />
      <span className={styles.seat} data-testid="my-seat">
        {t('bar.seat', { seat: seat.number })}
      </span>
      <ConfigProvider theme={barTheme}>
        <NoticeBell me={me} />
        <LanguageButton />
        <AgentMenu me={me} inCall={isInCall(seat.state)} />
      </ConfigProvider>
    </header>
  )
}

function InShellBar({ me, seat, link, phoneLine }: Props) {
  const { t } = useWords()
  const tint: CSSProperties & Record<'--state', string> = { '--state': STATE_COLOUR[seat.state] }
  return (
    <InBar>
      <Lamps seat={seat} link={link} phoneLine={phoneLine} />
      <a
        href={hashOf(DESK.path)}
        className={styles.toDesk}
        style={tint}
        data-state={seat.state}
        data-testid="my-seat"
        title={t('shell.to-desk')}
      >
        {t('bar.seat', { seat: seat.number })} · {t(`state.${seat.state}`)}
      </a>
      <ConfigProvider theme={barTheme}>
        <AgentMenu me={me} inCall={isInCall(seat.state)} />
      </ConfigProvider>
    </InBar>
  )
}

function Lamps({ seat, link, phoneLine }: Omit<Props, 'me'>) {
  const { t } = useWords()
  const phone = phoneLamp(seat, phoneLine)
  return (
    <div className={styles.lamps}>
      <Lamp testId="phone-state" state={phone.state} text={t(phone.text)} colour={phone.colour} />
      <Lamp testId="desk-link" state={link} text={t(`link.${link}`)} colour={LINK_COLOUR[link]} />
    </div>
  )
}

type Colour = 'green' | 'amber' | 'red'
const LINK_COLOUR = { live: 'green', connecting: 'amber', lost: 'red' } as const satisfies Record<
  string,
  Colour
>

/** `state` is told to tests and screen readers; the lamp shows the worst of the phone's word and the PBX's. */
function phoneLamp(seat: SeatView, line: PhoneLine): { state: string; text: PlainTextKey; colour: Colour } {
  if (seat.phone === 'sip') {
    return seat.registered
      ? { state: 'registered', text: 'phone.registered', colour: 'green' }
      : { state: 'lost', text: 'phone.lost', colour: 'red' }
  }
  switch (line.name) {
    case 'registered':
      return seat.registered
        ? { state: 'registered', text: 'phone.registered', colour: 'green' }
        : { state: 'unconfirmed', text: 'phone.unconfirmed', colour: 'amber' }
    case 'lost':
      return { state: 'lost', text: 'phone.lost', colour: 'red' }
    default:
      return { state: 'connecting', text: 'phone.connecting', colour: 'amber' }
  }
}

function Lamp(props: { testId: string; state: string; text: string; colour: Colour }) {
  return (
    <span className={styles.lamp} role="status" data-testid={props.testId} data-state={props.state}>
      <i className={styles[props.colour]} />
      {props.text}
    </span>
  )
}

function AgentMenu({ me, inCall }: { readonly me: Me; readonly inCall: boolean }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const onError = (error: Error) => message.error(t(problemKey(error)))
  const inShell = useInShell()
  const signOut = useSignOut()
  const leaveSeat = useMutation({
    mutationFn: () => remove('/api/my-seat'),
    onSuccess: () => queries.setQueryData(['my-seat'], null),
    onError,
  })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'seat',
            disabled: inCall,
            label: <span data-testid="change-seat">{t('bar.change-seat')}</span>,
            onClick: () => leaveSeat.mutate(),
          },
          ...(inShell
            ? []
            : [
                { key: 'account', label: t('account.title'), onClick: () => goTo('account') },
                {
                  key: 'out',
                  disabled: inCall,
                  label: <span data-testid="sign-out">{t('bar.sign-out')}</span>,
                  onClick: () => signOut.mutate(undefined, { onError }),
                },
              ]),
          ...(inCall ? [{ key: 'why', disabled: true, label: t('bar.busy') }] : []),
        ],
      }}
    >
      <Button type="text" data-testid="agent-menu">
        {t('bar.agent', { number: me.agentNumber ?? '—' })}
        {!inShell && ` · ${me.name}`} <DownOutlined />
      </Button>
    </Dropdown>
  )
}
