import { readdir, readFile } from 'node:fs/promises'

/**
 * Makes a server and its children silent, as a hung machine is: connections stay open and nothing answers.
 * The parent first: stopped first, it starts no new child meanwhile.
 */
export async function freeze(pid: number): Promise<void> {
  await signalFamily(pid, 'SIGSTOP')
}

export async function thaw(pid: number): Promise<void> {
  await signalFamily(pid, 'SIGCONT')
}

async function signalFamily(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal)
  for (const child of await childrenOf(pid)) process.kill(child, signal)
}

async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // The command in parentheses may hold blanks; the parent is the second field after it.
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (Number(parent) === pid) children.push(Number(name))
  }
  return children
}
