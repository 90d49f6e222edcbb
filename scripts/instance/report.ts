/** How long steps are shown: named, timed, and not silent for long. */
export interface Report {
  /** Runs one named step; `progress` says what it is at. */
  step<T>(name: string, work: (progress: (detail: string) => void) => Promise<T>): Promise<T>
  line(text: string): void
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const REDRAW_MS = 120
/** Without a terminal (a log file, CI) a line this often shows that a long step is alive. */
const PLAIN_LINE_MS = 5_000

export function terminalReport(out: NodeJS.WriteStream): Report {
  return {
    line: text => void out.write(`${text}\n`),
    async step(name, work) {
      const startedAt = performance.now()
      const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
      let detail = ''
      let frame = 0
      const show = () => {
        const text = [name, seconds(), detail].filter(part => part !== '').join('  ')
        if (!out.isTTY) return void out.write(`  … ${text}\n`)
        frame = (frame + 1) % SPINNER.length
        const room = Math.max(20, (out.columns ?? 80) - 3)
        out.write(`\r\x1b[2K${SPINNER[frame]} ${text.slice(0, room)}`)
      }
      const timer = setInterval(show, out.isTTY ? REDRAW_MS : PLAIN_LINE_MS)
      const finish = (mark: string, last: string) => {
        clearInterval(timer)
        out.write(
          `${out.isTTY ? '\r\x1b[2K' : ''}${mark} ${name.padEnd(24)} ${seconds().padStart(8)}  ${last}`,
        )
        out.write('\n')
      }
      try {
        const result = await work(text => {
          detail = text
        })
        finish('✓', detail)
        return result
      } catch (problem) {
        finish('✗', '')
        throw problem
      }
    },
  }
}

/** For tests: nothing is shown, a failure carries its own words. */
export const silentReport: Report = {
  line: () => undefined,
  step: (_name, work) => work(() => undefined),
}
