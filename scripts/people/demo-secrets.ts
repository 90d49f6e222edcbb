import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The password that the demo city drew for one of its people. */
export function passwordOf(dataDir: string, login: string): string {
  const line = secretLines(dataDir, 'demo-accounts.txt').find(([name]) => name === login)
  if (line?.[1] === undefined) throw new Error(`no demo account ${login}`)
  return line[1]
}

/** The password of a seat's SIP phone. */
export function phonePasswordOf(dataDir: string, seat: string): string {
  const line = secretLines(dataDir, 'seat-phones.txt').find(([number]) => number === seat)
  if (line?.[2] === undefined) throw new Error(`no seat ${seat}`)
  return line[2]
}

function secretLines(dataDir: string, file: string): string[][] {
  const text = readFileSync(join(dataDir, 'secrets', file), 'utf8')
  return text.split('\n').map(line => line.split(' '))
}
