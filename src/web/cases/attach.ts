import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { ask } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'

export function attachmentsPath(order: string): string {
  return `/api/work-orders/${encodeURIComponent(order)}/attachments`
}

/** Adds files to an order one after the other; each that is not taken is told with the reason, and stops no other. */
export function useAttaching(
  order: string,
): (files: readonly File[], before?: (name: string) => void) => Promise<void> {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  return async (files, before) => {
    for (const file of files) {
      before?.(file.name)
      const body = new FormData()
      body.append('file', file)
      try {
        await ask(attachmentsPath(order), { method: 'POST', body })
      } catch (error) {
        void message.error(t('files.failed', { name: file.name, why: t(problemKey(error)) }), 8)
      }
    }
    await queries.invalidateQueries({ queryKey: ['case', order] })
  }
}

export function sizeOf(bytes: number): string {
  return bytes < 1_048_576
    ? `${Math.max(1, Math.round(bytes / 1_024))} KB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`
}
