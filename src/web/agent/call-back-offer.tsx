import { PhoneOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Tooltip } from 'antd'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'
import { useWords } from '../kit/language.tsx'
import { spaced } from '../kit/phone-number.ts'
import type { PlainTextKey } from '../kit/texts.ts'
import { Age } from '../missed-calls/age.tsx'
import { useNextMissedCall } from '../missed-calls/use-missed-calls.ts'
import { useInShell } from '../shell/in-bar.tsx'
import { DESK } from '../shell/nav-entries.ts'
import { hashOf, usePlace } from '../shell/place.ts'
import styles from './desk.module.css'
import { useKeys } from './use-keys.ts'
import type { TalkActs } from './use-talk-acts.ts'

interface Props {
  readonly blocked: PlainTextKey | null
  readonly acts: TalkActs
}

/** How many left unanswered, and one key that calls back whoever has waited longest. */
export function CallBackOffer({ blocked, acts }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { data } = useNextMissedCall(true)
  const busy = acts.pending === 'dial' || acts.pending === 'redial'
  const inShell = useInShell()
  const { path } = usePlace()
  // Another page is being read over the desk or beside it: keys are that page's.
  const isSeen = path === DESK.path || (path === '' && !inShell)
  const next = data?.next ?? null
  const call = ({ id, callerNumber }: MissedCall) => {
    // Said no or yes, the list has changed.
    const looked = () => queries.invalidateQueries({ queryKey: ['missed-calls'] })
    acts.ask({ act: 'dial', body: { number: callerNumber, missedCall: id } }, looked)
  }
  const possible = next !== null && blocked === null && !busy
  useKeys({ 'call-back': possible && isSeen ? () => call(next) : undefined })
  if (data === undefined || next === null) return null
  return (
    <section className={styles.offer} data-testid="call-back-offer">
      <header>
        <b>{t('missed-calls.idle', { count: data.waiting })}</b>
        <a href={hashOf('missed-calls')}>{t('missed-calls.idle.list')}</a>
      </header>
      <p className={styles.waits}>
        <span className={styles.offered}>{spaced(next.callerNumber)}</span>
        <small>
          {t(next.state === 'claimed' ? 'missed-calls.idle.mine' : 'missed-calls.idle.oldest')} ·{' '}
          <Age since={Date.parse(next.firstAt)} over={false} />
          {next.lineName !== null && ` · ${next.lineName}`}
        </small>
      </p>
      <Tooltip title={blocked === null ? undefined : t(blocked)}>
        <Button
          block
          icon={<PhoneOutlined />}
          disabled={blocked !== null}
          loading={busy}
          onClick={() => call(next)}
          data-testid="call-back-next"
        >
          {t('missed-calls.idle.call')} <kbd>B</kbd>
        </Button>
      </Tooltip>
    </section>
  )
}
