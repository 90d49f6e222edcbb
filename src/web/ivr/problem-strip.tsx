import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import type { Drawing } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import { nodeOf } from './drawing.ts'
import styles from './ivr.module.css'
import type { useCheck } from './use-ivr.ts'
import { problemText } from './words.ts'

interface Props {
  readonly drawing: Drawing
  readonly check: ReturnType<typeof useCheck>
  readonly onChoose: (id: string) => void
}

/** What stands between this drawing and its publication, each a way to its node. */
export function ProblemStrip({ drawing, check: { problems, state }, onChoose }: Props) {
  const { t } = useWords()
  return (
    <footer
      className={styles.strip}
      data-testid="ivr-check"
      data-problems={state === 'checked' ? problems.length : ''}
    >
      {state === 'checked' && problems.length === 0 && (
        <span className={styles.whole}>
          <CheckCircleFilled /> {t('ivr.whole')}
        </span>
      )}
      {state === 'checking' && <span>{t('ivr.checking')}</span>}
      {state === 'unknown' && <span>{t('ivr.unchecked')}</span>}
      {problems.length > 0 && (
        <span className={styles.broken}>
          <ExclamationCircleFilled /> {t('ivr.broken', { count: problems.length })}
        </span>
      )}
      <ul>
        {problems.map(problem => (
          <li key={[problem.node, problem.at, problem.problem].join()}>
            <button
              type="button"
              className={styles.problem}
              onClick={() => problem.node !== null && onChoose(problem.node)}
            >
              <b>{nodeOf(drawing, problem.node)?.name ?? t('ivr.whole-tree')}</b> {problemText(t, problem)}
            </button>
          </li>
        ))}
      </ul>
      <small>{t('ivr.keys')}</small>
    </footer>
  )
}
