import { CaretRightOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import type { BindingCall, BindingView } from '../../casework/masking/schema.ts'
import { RecordingPlayer } from '../agent/recording-player.tsx'
import { css } from '../kit/css.ts'
import { useWords, type Words } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { isMissed, resultText, whoText } from './binding-words.ts'
import styles from './masking.module.css'
import { useBindingCalls } from './use-bindings.ts'

/** The calls through a short number, the newest first; whoever was on one may hear it. */
export function BindingCalls({ binding }: { readonly binding: BindingView }) {
  const { t } = useWords()
  const { data, error } = useBindingCalls(binding.id, { live: binding.inCall })
  const [heard, setHeard] = useState<string | null>(null)
  if (data === undefined) {
    return error === null ? (
      <Skeleton active paragraph={{ rows: 1 }} title={false} />
    ) : (
      <Alert type="error" showIcon title={t(problemKey(error))} />
    )
  }
  if (data.items.length === 0) return <p className={styles.quiet}>{t('mask.calls.none')}</p>
  return (
    <ol className={styles.calls} data-testid="binding-calls">
      {data.items.map(one => (
        <Call
          key={one.call}
          one={one}
          heard={heard === one.call}
          onHear={on => setHeard(on ? one.call : null)}
        />
      ))}
    </ol>
  )
}

interface Props {
  readonly one: BindingCall
  readonly heard: boolean
  readonly onHear: (on: boolean) => void
}

function Call({ one, heard, onHear }: Props) {
  const { t } = useWords()
  const now = useNow(false)
  return (
    <li data-testid={`masked-call-${one.call}`} data-result={one.result}>
      <time>{dateAndTime(one.at, now)}</time>
      <span className={styles.by}>{whoText(t, one)}</span>
      <span className={css(styles.result, isMissed(one) && styles.missed)}>{resultText(t, one)}</span>
      {one.recording === 'ready' && one.mayHear ? (
        <Button
          type="link"
          size="small"
          icon={<CaretRightOutlined />}
          aria-expanded={heard}
          onClick={() => onHear(!heard)}
          data-testid="hear"
        >
          {t('mask.calls.hear')}
        </Button>
      ) : (
        <small>{soundText(t, one)}</small>
      )}
      {heard && (
        <div className={styles.sound}>
          <RecordingPlayer call={one.call} onClose={() => onHear(false)} />
        </div>
      )}
    </li>
  )
}

/** Why there is nothing to hear. */
function soundText(t: Words['t'], { recording, mayHear, keptBy }: BindingCall): string {
  if (keptBy !== null) return t(`mask.calls.kept-by.${keptBy}`)
  if (recording === 'none') return ''
  if (recording !== 'ready') return t('mask.calls.recording', { state: t(`recording.${recording}`) })
  return mayHear ? '' : t('mask.calls.not-yours')
}
