import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Jobs } from '#database/jobs.ts'
import { keepReading } from '#database/keep-reading.ts'
import type { Database } from '#database/types.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { AliyunPrivacy } from '../adapters/aliyun-privacy/aliyun-privacy.ts'
import { AliyunEvents } from '../adapters/aliyun-privacy/events.ts'
import { compareWithCarrier } from '../casework/masking/carrier-check.ts'
import { followBindings } from '../casework/masking/carrier-follow.ts'
import { sweepCarrierEvents } from '../casework/masking/carrier-inbox.ts'
import { keepCarrier, watchCarrier } from '../casework/masking/carrier-mode.ts'
import { keepNumbers } from '../casework/masking/carrier-store.ts'
import { workOnCarrier } from '../casework/masking/carrier-work.ts'
import type { CarrierEventReader } from '../casework/masking/provider.ts'
import type { Config } from '../config.ts'
import type { Sweep } from './schedule.ts'

/** A binding is at the carrier some seconds after it was made. */
const FOLLOW_EVERY_MS = 2_000

export interface MaskCarrier {
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
  if (settings === null) {
    await keepCarrier(parts.db, null)
    return null
  }
  const { account, numbers, restHours, lowAt, callbackToken } = settings
  const provider = new AliyunPrivacy(account, () => parts.clock.now())
  await keepCarrier(parts.db, { provider: provider.name, lowAt })
  const deps = { ...parts, provider, restMs: restHours * HOUR_MS }
  await keepNumbers(parts.db, provider.name, numbers)
  const stopWork = workOnCarrier(deps, parts.jobs)
  const follow = () => followBindings(parts.db, provider.name, parts.clock.now())
  const stopFollowing = keepReading(follow, FOLLOW_EVERY_MS, 'bindings for the carrier', parts.log)
  return {
    reader: new AliyunEvents(callbackToken, account.poolKey),
    sweeps: [
      // Each number once an hour; the carrier is asked for some at a time.
      { name: 'bindings at the carrier', cron: '*/10 * * * *', run: () => compareWithCarrier(deps) },
      {
        name: 'free numbers of the carrier',
        cron: '* * * * *',
        run: () => watchCarrier(parts.db, parts.clock.now()),
      },
      {
        name: 'old events of the carrier',
        cron: '30 4 * * *',
        run: () => sweepCarrierEvents(parts.db, parts.clock.now()),
      },
    ],
    async close() {
      stopFollowing()
      stopWork()
      await provider.close()
    },
  }
}
