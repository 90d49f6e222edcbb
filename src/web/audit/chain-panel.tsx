import { Alert, Spin } from 'antd'
import type { ChainState } from '../../casework/audit/schema.ts'
import { Copyable } from '../kit/copyable.tsx'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import lines from '../lines/lines.module.css'
import shared from '../settings/settings.module.css'
import styles from './audit.module.css'
import { useChainState } from './use-audit.ts'

const VERIFY = 'npm run audit:verify'

/** How far the trail is sealed, and how anybody can hold it against the seal. */
export function ChainPanel() {
  const { t } = useWords()
  const state = useChainState()
  if (state.isError) return <Alert type="error" banner title={t(problemKey(state.error))} />
  if (state.data === undefined) return <Spin className={lines.nothing ?? ''} />
  return <State state={state.data} />
}

function State({ state: { anchors, due, open } }: { readonly state: ChainState }) {
  const { t } = useWords()
  const [last] = anchors
  return (
    <div className={styles.chain} data-testid="chain">
      <section className={styles.seal}>
        <h2>{last === undefined ? t('audit.chain.none') : t('audit.chain.through', { day: last.day })}</h2>
        {last === undefined && <p className={shared.quiet}>{t('audit.chain.none.what')}</p>}
        {open > 0 && <p className={shared.quiet}>{t('audit.chain.open', { count: open })}</p>}
        {due > 0 && <Alert type="error" showIcon title={t('audit.chain.due', { days: due })} />}
        {last !== undefined && (
          <>
            <h3>{t('audit.chain.digest')}</h3>
            <Copyable text={last.digest} testId="chain-digest" />
            <p className={shared.quiet}>{t('audit.chain.digest.what')}</p>
          </>
        )}
        <h3>{t('audit.chain.verify')}</h3>
        <Copyable text={VERIFY} testId="chain-verify" />
        <p className={shared.quiet}>{t('audit.chain.verify.what')}</p>
      </section>
      {anchors.length > 0 && <Anchors anchors={anchors} />}
    </div>
  )
}

function Anchors({ anchors }: Pick<ChainState, 'anchors'>) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <table className={css(lines.table, styles.anchors)} data-testid="anchors">
      <thead>
        <tr>
          <th>{t('audit.chain.day')}</th>
          <th>{t('audit.chain.heads')}</th>
          <th>{t('audit.chain.at')}</th>
          <th>{t('audit.chain.digest')}</th>
        </tr>
      </thead>
      <tbody>
        {anchors.map(({ day, heads, at, digest }) => (
          <tr key={day}>
            <td className={lines.figures}>{day}</td>
            <td className={lines.figures}>{heads}</td>
            <td className={lines.figures}>{dateAndTime(at, now)}</td>
            <td>
              <code>{digest}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
