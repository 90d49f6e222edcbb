import { readFileSync } from 'node:fs'

/** PostgreSQL refuses to run as root and Asterisk should not: both then run as nobody. */
const NOBODY = 65_534
const CAP_DAC_READ_SEARCH = 2

/** Whom the servers run as and their folders belong to; null: as ourselves. */
export const serverOwner: { readonly uid: number; readonly gid: number } | null =
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null

export interface CommandLine {
  readonly command: string
  readonly args: readonly string[]
}

/** The command, sent `deathSignal` by the kernel when we die, even by SIGKILL: nothing of ours outlives us. */
export function dyingWithUs(deathSignal: NodeJS.Signals, line: CommandLine): CommandLine {
  return setpriv([`--pdeathsig=${deathSignal.replace(/^SIG/, '')}`], line)
}

/** As `dyingWithUs`, and never as root. */
export function unprivileged(deathSignal: NodeJS.Signals, line: CommandLine): CommandLine {
  if (serverOwner === null) return dyingWithUs(deathSignal, line)
  const user = [`--reuid=${serverOwner.uid}`, `--regid=${serverOwner.gid}`, '--clear-groups']
  // The programs may lie under a home folder that is closed to others (/root is): this capability lets them be
  // read there, also where they ask by access(2) first, which the secure bit is for. A container may withhold it;
  // then the folders must be open.
  const reading = mayPassOn(CAP_DAC_READ_SEARCH)
    ? ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--securebits=+no_setuid_fixup']
    : []
  return setpriv([...user, ...reading, `--pdeathsig=${deathSignal.replace(/^SIG/, '')}`], line)
}

function setpriv(options: readonly string[], line: CommandLine): CommandLine {
  return { command: 'setpriv', args: [...options, '--', line.command, ...line.args] }
}

function mayPassOn(capability: number): boolean {
  const bounding = /^CapBnd:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return ((BigInt(`0x${bounding}`) >> BigInt(capability)) & 1n) === 1n
}
