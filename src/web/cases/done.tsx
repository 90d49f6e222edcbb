import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './done.module.css'

/** Long enough to see that it was the wrong one. */
const UNDO_S = 10
const KEY = 'done'

/** Says that something is done, beside the way back where there is one. */
export function useDone(): (text: string, undo: (() => Promise<unknown>) | null) => void {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return (text, undo) => {
    // Only the last thing done has a way back beside it: nobody should have to guess which of two it is.
    message.destroy(KEY)
    if (undo === null) {
      void message.success(text)
      return
    }
    const takeBack = async () => {
      message.destroy(KEY)
      try {
        await undo()
        void message.success(t('acts.undone'))
      } catch (error) {
        void message.error(t(problemKey(error)))
      }
      for (const queryKey of [['case'], ['orders'], ['work-order']]) {
        void queries.invalidateQueries({ queryKey })
      }
    }
    void message.success({
      key: KEY,
      duration: UNDO_S,
      content: (
        <>
          {text}
          <button type="button" className={styles.undo} onClick={() => void takeBack()} data-testid="undo">
            {t('acts.undo')}
          </button>
        </>
      ),
    })
  }
}
