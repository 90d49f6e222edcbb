import { useEffect, useRef, useState } from 'react'
import { fetchTable, keepFile, type Progress } from './table-file.ts'

export type TableFormat = 'csv' | 'xlsx'
export type ExportState =
  | { readonly at: 'rest' }
  | { readonly at: 'running'; readonly progress: Progress | null }
  | { readonly at: 'failed'; readonly error: unknown }

/** Takes a list away as a file; one at a time, and none that nobody waits for. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ at: 'rest' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = async (conditions: URLSearchParams, format: TableFormat) => {
    const query = new URLSearchParams(conditions)
    query.set('format', format)
    const abort = new AbortController()
    running.current = abort
    setState({ at: 'running', progress: null })
    try {
      keepFile(
        await fetchTable(`/api/work-orders/export?${query}`, abort.signal, progress =>
          setState({ at: 'running', progress }),
        ),
      )
      setState({ at: 'rest' })
      return true
    } catch (error) {
      setState(abort.signal.aborted ? { at: 'rest' } : { at: 'failed', error })
      return false
    }
  }
  return { state, start, stop: () => running.current?.abort() }
}
