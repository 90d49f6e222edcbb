import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { BindingView } from '../../casework/masking/schema.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import { failureText } from './binding-words.ts'
import styles from './masking.module.css'
import { useBindingCalls, useRefreshOnceOver } from './use-bindings.ts'

const STAGES = ['unit', 'citizen', 'talking'] as const

interface Props {
  readonly binding: BindingView
  readonly call: string
  readonly onClose: () => void
}

/** How far a call has come that was asked for here: your telephone, the citizen's, both talk; then what came of it. */
export function CallProgress({ binding, call, onClose }: Props) {
  const { t } = useWords()
  const calls = useBindingCalls(binding.id, { follow: call })
  const found = calls.data?.items.find(one => one.call === call)
  // What the service has begun stands in its list a moment later.
  const running = found === undefined || found.stage !== null
  useRefreshOnceOver(binding, !running)
  const at = STAGES.indexOf(found?.stage ?? 'unit')
  return (
    <div
      className={styles.progress}
      role="status"
      data-testid="progress"
      data-stage={running ? STAGES[at] : found.result}
    >
      {running ? (
        <ol>
          {STAGES.map((stage, index) => (
            <li key={stage} className={css(index < at && styles.done, index === at && styles.now)}>
              {index < at ? <CheckCircleFilled /> : index === at ? <LoadingOutlined /> : <i />}
              {t(index < at && stage !== 'talking' ? `mask.step.${stage}.done` : `mask.step.${stage}`)}
            </li>
          ))}
        </ol>
      ) : (
        <>
          <span className={css(found.result === 'talked' ? styles.good : styles.missed)}>
            {found.result === 'talked' ? <CheckCircleFilled /> : <CloseCircleFilled />}{' '}
            {found.result === 'talked'
              ? t('mask.step.over', { time: duration(found.talkMs ?? 0) })
              : t('mask.step.failed', { reason: failureText(t, found) })}
          </span>
          <Button type="link" size="small" onClick={onClose}>
            {t('mask.step.close')}
          </Button>
        </>
      )}
    </div>
  )
}
