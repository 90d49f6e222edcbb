import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../../src/config.ts'
import { AGENT_NAMES, FIRST_AGENT_NUMBER, OTHER_STAFF } from '../../src/demo-city/lists.ts'
import { CASE_STAFF } from '../../src/demo-city/roles.ts'
import { CannotStart } from '../instance/cannot-start.ts'

/**
 * Looks before anything is started whether it could be a real city's hotline: invented calls must never stand among
 * real ones.
 * @throws CannotStart
 */
export async function needDemoSettings(config: Config): Promise<void> {
  if (!config.demoCity) refuse('HOTLINE_DEMO_CITY is no')
  if (config.databaseUrl !== null) {
    const people = await peopleIn(config.databaseUrl)
    if (people !== null) needDemoPeople(people)
  } else if (existsSync(join(config.dataDir, 'postgres')) && !existsSync(accountsFile(config))) {
    refuse(`${config.dataDir} holds a database without demo accounts`)
  }
}

/** @throws CannotStart when one of them is not of the demo city */
export function needDemoPeople(people: readonly { readonly login: string; readonly name: string }[]): void {
  const invented = new Map([
    ...AGENT_NAMES.map((name, i) => [`a${FIRST_AGENT_NUMBER + i}`, name] as const),
    ...OTHER_STAFF.map(([login, name]) => [login, name] as const),
    ...CASE_STAFF,
  ])
  const strangers = people.filter(({ login, name }) => invented.get(login) !== name)
  if (strangers.length > 0) {
    refuse(
      `people work here who are not of the demo city (${strangers.length}, ${strangers[0]?.login} for one)`,
    )
  }
}

export function accountsFile(config: Config): string {
  return join(config.dataDir, 'secrets', 'demo-accounts.txt')
}

function refuse(why: string): never {
  throw new CannotStart(
    `The demo runs in a demo city only, and this is none: ${why}.\n` +
      'Set HOTLINE_DATA_DIR to a fresh folder, and HOTLINE_DATABASE_URL to nothing, for a demo of its own.',
  )
}

/** Null: an empty database, which the service fills with the demo city. */
async function peopleIn(databaseUrl: string): Promise<{ login: string; name: string }[] | null> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query("select to_regclass('staff') as staff")
    if (rows[0]?.staff === null) return null
    return (await client.query<{ login: string; name: string }>('select login, name from staff')).rows
  } finally {
    await client.end()
  }
}
