import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Jobs } from '#database/jobs.ts'
import type { Database } from '#database/types.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { AliyunPrivacy } from '../adapters/aliyun-privacy/aliyun-privacy.ts'
import { AliyunEvents } from '../adapters/aliyun-privacy/events.ts'
import { compareWithCarrier } from '../casework/masking/carrier-check.ts'
import { sweepCarrierEvents } from '../casework/masking/carrier-inbox.ts'
import { keepNumbers } from '../casework/masking/carrier-store.ts'
import { workOnCarrier } from '../casework/masking/carrier-work.ts'
import type { CarrierEventReader } from '../casework/masking/provider.ts'
import type { Config } from '../config.ts'
import type { Sweep } from './schedule.ts'

export interface MaskCarrier {
  /** As its rows have it. */
  readonly name: string
  readonly reader: CarrierEventReader
  readonly sweeps: readonly Sweep[]
  close(): Promise<void>
}

/** Puts the carrier of the settings to work. @returns null when the city masks with this PBX alone */
export async function openMaskCarrier(
  settings: Config['maskCarrier'],
  parts: {
    readonly db: Kysely<Database>
    readonly jobs: Jobs
    readonly clock: { now(): Instant }
    readonly log: Logger
  },
): Promise<MaskCarrier | null> {
  if (settings === null) return null
  const { account, numbers, restHours, callbackToken } = settings
  const provider = new AliyunPrivacy(account, () => parts.clock.now())
  const deps = { ...parts, provider, restMs: restHours * HOUR_MS }
  await keepNumbers(parts.db, provider.name, numbers)
  const stop = workOnCarrier(deps, parts.jobs)
  return {
    name: provider.name,
    reader: new AliyunEvents(callbackToken, account.poolKey),
    sweeps: [
      // Each number once an hour; the carrier is asked for some at a time.
      { name: 'bindings at the carrier', cron: '*/10 * * * *', run: () => compareWithCarrier(deps) },
      {
        name: 'old events of the carrier',
        cron: '30 4 * * *',
        run: () => sweepCarrierEvents(parts.db, parts.clock.now()),
      },
    ],
    async close() {
      stop()
      await provider.close()
    },
  }
}
