import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { forbiddenIn } from './rooms.ts'

const SRC = join(import.meta.dirname, '..', '..', 'src')

describe('the rooms of src/README.md', () => {
  test('every file imports only what its room may', () => {
    const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap(file => forbiddenIn(relative(SRC, file), readFileSync(file, 'utf8')))).toEqual([])
  })

  test.each([
    ['kernel/time.ts', "import { x } from '../engine/ports.ts'"],
    ['kernel/time.ts', "import { x } from 'node:fs'"],
    ['contact-center/rules.ts', "import pg from 'pg'"],
    ['contact-center/rules.ts', "import type { Pbx } from '../engine/ports.ts'"],
    ['contact-center/rules.ts', 'const now = Date.now()'],
    ['contact-center/rules.ts', 'const dice = Math.random()'],
    ['contact-center/rules.ts', 'setTimeout(later, 5)'],
    ['engine/engine.ts', "import { x } from '#database/connection.ts'"],
    ['floor/screen-pops/store.ts', "import { rules } from '../../contact-center/rules.ts'"],
    ['floor/screen-pops/store.ts', "import { x } from '../call-records/store.ts'"],
    ['floor/screen-pops/store.ts', "import {\n  x,\n  y,\n} from '#quality/recordings/store.ts'"],
    ['quality/recordings/job.ts', "import { AriPbx } from '../../adapters/asterisk/ari-pbx.ts'"],
    ['quality/recordings/job.ts', "const { x } = await import('../../adapters/asterisk/ari-pbx.ts')"],
    ['adapters/asterisk/pbx.ts', "import { x } from '../file-journal/journal.ts'"],
    ['adapters/carrier/x.ts', "import { bind } from '../../casework/masking/provider.ts'"],
    ['adapters/carrier/x.ts', "import type { Row } from '../../casework/masking/store.ts'"],
    ['adapters/asterisk/pbx.ts', "import { type Call, endCall } from '#contact-center/call/call.ts'"],
    ['database/connection.ts', "import { x } from '../people/staff/index.ts'"],
    ['database/types.ts', "import type { Fact } from '../engine/ports.ts'"],
    ['demo-city/seed.ts', "import { addStaff } from '../people/staff/store.ts'"],
    ['database/migrations/2026-01-01.ts', "import { x } from '../../kernel/ids.ts'"],
    ['database/migrations/2026-01-01.ts', "import pg from 'pg'"],
    ['server/app.ts', "import { start } from '../main.ts'"],
    ['server/app.ts', "export * from '../web/kit/api.ts'"],
    ['sim/fake-pbx.ts', "import { x } from '../adapters/asterisk/pbx.ts'"],
    ['web/agent/desk.tsx', "import { Me } from '../../people/sessions/schema.ts'"],
    ['web/agent/desk.tsx', "import type { Staff } from '../../people/staff/store.ts'"],
  ])('%s must not: %s', (file, source) => {
    expect(forbiddenIn(file, source)).toHaveLength(1)
  })

  test.each([
    ['contact-center/rules.ts', "import { asId } from '#kernel/ids.ts'"],
    ['contact-center/seat/transition.ts', "import { x } from '../rules.ts'"],
    ['contact-center/rules.ts', '// Date.now() belongs to the engine\n/** nor does setTimeout */'],
    ['engine/engine.ts', "import { handle } from '../contact-center/center.ts'"],
    ['floor/screen-pops/store.ts', "import type { Kysely } from 'kysely'"],
    ['floor/screen-pops/store.ts', "import { db } from '#database/connection.ts'"],
    ['floor/screen-pops/store.ts', "import { staffOf } from '../../people/staff/index.ts'"],
    ['floor/screen-pops/store.ts', "import { type ScreenPop } from '#contact-center/events.ts'"],
    ['floor/screen-pops/store.ts', "import type {\n  Desk,\n} from '../../engine/ports.ts'"],
    ['database/types.ts', "import type { CallResult } from '../contact-center/events.ts'"],
    ['demo-city/seed.ts', "import { addStaff } from '../people/staff/index.ts'"],
    ['adapters/carrier/x.ts', "import type { Bound } from '../../casework/masking/provider.ts'"],
    ['adapters/asterisk/pbx.ts', "import { toEvent } from './to-event.ts'"],
    ['server/app.ts', "import { x } from '../adapters/asterisk/pbx.ts'"],
    ['web/agent/desk.tsx', "import type { Me } from '../../people/sessions/schema.ts'"],
    ['web/agent/desk.tsx', "import { Button } from 'antd'"],
    ['main.ts', "import { AriPbx } from './adapters/asterisk/pbx.ts'"],
  ])('%s may: %s', (file, source) => {
    expect(forbiddenIn(file, source)).toEqual([])
  })
})
