import type { FloorView } from '../../src/floor/supervision/index.ts'

/** The floor in one line. */
export function statusLine({ seats, queues, today }: FloorView): string {
  const inState = (...states: string[]) => seats.filter(({ state }) => states.includes(state)).length
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const longestS = Math.round(Math.max(0, ...queues.map(queue => queue.longestWaitMs)) / 1_000)
  const parts = [
    `通话 talking ${inState('talking')}`,
    `振铃 ringing ${inState('reserved', 'ringing')}`,
    `整理 wrap-up ${inState('wrap-up')}`,
    `就绪 ready ${inState('ready')}`,
    `离席 away ${inState('not-ready')}`,
    `排队 waiting ${waiting}${waiting > 0 ? ` (${longestS} s)` : ''}`,
  ]
  if (today !== null) {
    const level = today.serviceLevel === null ? '–' : `${Math.round(100 * today.serviceLevel)} %`
    parts.push(
      `今日 today ${today.answered}/${today.offered} answered, ${today.abandoned} left, 15 s ${level}`,
    )
  }
  return parts.join(' · ')
}

const PLAIN_LINE_MS = 10_000

/** Shows one line over and over: in a terminal in its place, elsewhere a new one every ten seconds. */
export function liveLine(out: NodeJS.WriteStream): (text: string) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  return text => {
    const clock = new Date().toTimeString().slice(0, 8)
    if (out.isTTY) {
      out.write(`\r\x1b[2K${`${clock}  ${text}`.slice(0, Math.max(20, (out.columns ?? 80) - 30))}`)
    } else if (performance.now() - lastAt >= PLAIN_LINE_MS) {
      lastAt = performance.now()
      out.write(`${clock}  ${text}\n`)
    }
  }
}
