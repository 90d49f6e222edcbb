import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from '#database/migrate.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

/** What src/database/types.ts says of each column: `table.column` → shape. */
async function writtenShapes(): Promise<Record<string, string>> {
  const source = await readFile(new URL('../../src/database/types.ts', import.meta.url), 'utf8')
  const tables = /interface Database \{\n([^}]+)\}/.exec(source)?.[1] ?? ''
  const shapes: Record<string, string> = {}
  for (const [, table, name] of tables.matchAll(/(\w+): (\w+)/g)) {
    const body = new RegExp(`interface ${name} \\{\\n([^}]+)\\}`).exec(source)?.[1] ?? ''
    for (const [, column, type = ''] of body.matchAll(/^ {2}(\w+): (.+)$/gm)) {
      shapes[`${table}.${column}`] = shape(type)
    }
  }
  return shapes
}

function shape(type: string): string {
  const optional = /^Generated(Json)?</.test(type)
  const inner = type.replace(/^Generated<(.+)>$/, '$1')
  const nullable = inner.endsWith(' | null')
  const base = inner.replace(/ \| null$/, '').replace(/^(Generated)?Json.*/, 'json')
  if (base === 'Grade' || base === 'SupervisionLevel')
    return `number${nullable ? ' null' : ''}${optional ? ' generated' : ''}`
  const plain = ['number', 'boolean', 'Date', 'Buffer', 'json'].includes(base) ? base : 'text'
  return `${base.endsWith('[]') ? 'array' : plain}${nullable ? ' null' : ''}${optional ? ' generated' : ''}`
}

const PLAIN: Readonly<Record<string, string>> = {
  uuid: 'text',
  text: 'text',
  integer: 'number',
  bigint: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  jsonb: 'json',
  bytea: 'Buffer',
  'timestamp with time zone': 'Date',
  ARRAY: 'array',
}

test('the types say what the tables are', async () => {
  const { rows } = await sql<{ id: string; type: string; nullable: string; generated: boolean }>`
    select table_name || '.' || column_name as id, data_type as type, is_nullable as nullable,
           column_default is not null or is_identity = 'YES' as generated
    from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely_%'`.execute(database.db)
  const real: Record<string, string> = {}
  for (const row of rows) {
    const nullable = row.nullable === 'YES' ? ' null' : ''
    real[row.id] = `${PLAIN[row.type] ?? row.type}${nullable}${row.generated ? ' generated' : ''}`
  }
  expect(rows.length).toBeGreaterThan(50)
  expect(await writtenShapes()).toEqual(real)
})

test('migrating twice changes nothing', async () => {
  expect(await migrate(database.db)).toEqual([])
})

test('queues and lines from before there were rules go on as they did', async () => {
  const old = await freshDatabase(inject('postgresUrl'), 'template0')
  const migration = (name: string) =>
    import(new URL(`../../src/database/migrations/${name}.ts`, import.meta.url).href)
  await (await migration('2026-11-21-first-call')).up(old.db)
  await sql`insert into queues values ('general', '综合', 'General')`.execute(old.db)
  await sql`insert into lines values ('12345', '热线', 'merged', 'general', false, true)`.execute(old.db)
  await (await migration('2026-11-22-queues')).up(old.db)
  expect(await old.db.selectFrom('queues').selectAll().execute()).toEqual([
    {
      id: 'general',
      name_zh: '综合',
      name_en: 'General',
      strategy: 'longest-idle',
      needs: [],
      priority: 0,
      ageing_per_minute: 1,
      steps: [],
      most_waiting: null,
      version: 1,
    },
  ])
  expect(await old.db.selectFrom('lines').selectAll().execute()).toEqual([
    {
      number: '12345',
      name: '热线',
      merge_mode: 'merged',
      queue_id: 'general',
      greets: false,
      active: true,
      hours: null,
      version: 1,
    },
  ])
  await old.close()
})
