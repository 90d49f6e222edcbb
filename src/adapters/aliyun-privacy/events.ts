import { createHash, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#kernel/time.ts'
import type { CarrierEvent, CarrierEventKind, CarrierEventReader } from '../../casework/masking/provider.ts'
import { fromCityTime } from './city-time.ts'

/** call_type; 2, 3 and 5 are short messages. */
const FROM: Readonly<Record<string, CarrierEvent['from']>> = { 0: 'citizen', 1: 'unit', 4: null }

/**
 * The reports that Aliyun pushes over HTTP (SecretStartReport, SecretRingReport, SecretPickUpReport, SecretReport,
 * SecretRecording): a JSON array of objects that do not say which they are, and are not signed. So what they are
 * follows from what they hold, and that they are genuine from the secret in the address, which only the carrier has.
 */
export class AliyunEvents implements CarrierEventReader {
  readonly name = 'aliyun'
  private readonly digest: Buffer
  private readonly poolKey: string

  constructor(token: string, poolKey: string) {
    this.digest = digestOf(token)
    this.poolKey = poolKey
  }

  isGenuine(token: string): boolean {
    return timingSafeEqual(digestOf(token), this.digest)
  }

  read(message: readonly Readonly<Record<string, unknown>>[]): readonly CarrierEvent[] {
    return message.flatMap(report => {
      const { pool_key: pool } = report
      // One address may be given for several pools.
      return pool === undefined || pool === this.poolKey ? (toEvent(report) ?? []) : []
    })
  }
}

/** Null: none of ours. */
function toEvent(report: Readonly<Record<string, unknown>>): CarrierEvent | null {
  const { call_id: call, call_type: type, sub_id, subs_id, out_id: outId } = report
  const subsId = sub_id ?? subs_id
  if (typeof call !== 'string' || call === '' || (typeof subsId !== 'string' && typeof subsId !== 'number')) {
    return null
  }
  const times = timesOf(report)
  const isRecording = type === undefined && report.phone_no === undefined
  const from = isRecording ? null : FROM[String(type)]
  if (from === undefined) return null
  const kind = isRecording ? 'recording-ready' : kindOf(times)
  if (kind === null) return null
  return {
    ...times,
    id: `${call}/${kind}`,
    ...{ kind, call, from, subsId: String(subsId) },
    key: typeof outId === 'string' ? outId : null,
    cause: kind === 'ended' && Number.isInteger(report.release_cause) ? Number(report.release_cause) : null,
  }
}

interface Times {
  readonly begunAt: Instant | null
  readonly ringingAt: Instant | null
  readonly answeredAt: Instant | null
  readonly endedAt: Instant | null
}

function timesOf(report: Readonly<Record<string, unknown>>): Times {
  const endedAt = fromCityTime(report.release_time)
  const startedAt = fromCityTime(report.start_time)
  return {
    begunAt: fromCityTime(report.call_time),
    ringingAt: fromCityTime(report.ring_time ?? report.ringTime),
    // The report of a call that nobody answered has its end there.
    answeredAt: startedAt === endedAt ? null : startedAt,
    endedAt,
  }
}

/** The furthest that is known. */
function kindOf({ begunAt, ringingAt, answeredAt, endedAt }: Times): CarrierEventKind | null {
  if (endedAt !== null) return 'ended'
  if (answeredAt !== null) return 'answered'
  if (ringingAt !== null) return 'ringing'
  return begunAt === null ? null : 'begun'
}

/** Of one length, whatever was sent. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
