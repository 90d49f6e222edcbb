import { spawn } from 'node:child_process'
import { CannotStart } from './cannot-start.ts'

export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  /** Each line of stdout or stderr as it comes. */
  readonly onLine?: (line: string) => void
}

/**
 * Runs a command to its end and returns its stdout.
 * @throws CannotStart with the last lines of what it said when it fails or does not exist.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  let stdout = ''
  let said = ''
  const take = (chunk: string) => {
    said = (said + chunk).slice(-8_000)
    if (options.onLine === undefined) return
    // A progress bar redraws its line with carriage returns.
    for (const line of chunk.split(/[\r\n]+/)) if (line.trim() !== '') options.onLine(line.trim())
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    take(chunk)
  })
  child.stderr.setEncoding('utf8').on('data', take)

  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', problem =>
      reject(options.signal?.aborted ? problem : new CannotStart(`${command}: ${problem.message}`)),
    )
    child.once('close', resolve)
  })
  if (code === 0) return stdout
  const tail = said.trim().split('\n').slice(-8).join('\n')
  throw new CannotStart(`${command} ended with code ${code}:\n${tail}`)
}
