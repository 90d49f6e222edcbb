import { Worker } from 'node:worker_threads'
import type { Cell } from './rules.ts'

/** What the thread is given: the headings first. */
export interface Workbook {
  readonly rows: readonly (readonly Cell[])[]
}

/** An XLSX of one sheet. Put together on a thread of its own: the calls of this process wait for nothing. */
export function workbook(book: Workbook): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./workbook-thread.ts', import.meta.url), { workerData: book })
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)))
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the workbook's thread ended with ${code}`)))
  })
}
