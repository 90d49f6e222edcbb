import type { Role } from '#database/types.ts'
import type { CallId, StaffId } from '#kernel/ids.ts'
import { CITY_ZONE, type Instant, MINUTE_MS } from '#kernel/time.ts'
import { OVERSEERS } from '../../floor/call-records/index.ts'
import type { RawFile } from './ports.ts'

const RAW_BYTES_PER_MS = 32

/** The PBX closes the file as the call ends; one that has not changed for this long is closed. */
const RAW_STABLE_MS = 1_000
/** A file that is missing, empty or too short may still be on its way (a busy disk) for this long. */
export const RAW_PATIENCE_MS = 2 * MINUTE_MS

/** Encoding neither loses nor adds sound: a frame at either end at most. */
const ENCODING_ALLOWANCE_MS = 100

/**
 * Recorder and bridge start and stop a little apart, which counts in a short talk; in a long one two seconds
 * are already something that somebody said.
 */
export function lengthAllowanceMs(talkMs: number): number {
  return Math.min(2_000, Math.max(500, 0.03 * talkMs))
}

export function lengthDiffers(durationMs: number, talkMs: number): boolean {
  return Math.abs(durationMs - talkMs) > lengthAllowanceMs(talkMs)
}

export function encodedWhole(durationMs: number, rawMs: number): boolean {
  return Math.abs(durationMs - rawMs) <= ENCODING_ALLOWANCE_MS
}

export function rawDurationMs(bytes: number): number {
  return bytes / RAW_BYTES_PER_MS
}

export type RawVerdict =
  | { readonly do: 'wait'; readonly because: string }
  | { readonly do: 'give-up'; readonly because: string }
  | { readonly do: 'encode'; readonly rawMs: number }

/** Whether the PBX has finished writing. */
export function judgeRaw(
  raw: RawFile | null,
  call: { readonly endedAt: Instant; readonly talkMs: number },
  now: Instant,
): RawVerdict {
  const patient = now - call.endedAt <= RAW_PATIENCE_MS
  if (raw === null) return { do: patient ? 'wait' : 'give-up', because: 'there is no raw file' }
  const rawMs = rawDurationMs(raw.bytes)
  if (rawMs < 1) return { do: patient ? 'wait' : 'give-up', because: 'the raw file is empty' }
  if (now - raw.changedAt < RAW_STABLE_MS) return { do: 'wait', because: 'the raw file is still written' }
  const short = rawMs < call.talkMs - lengthAllowanceMs(call.talkMs)
  if (short && patient) return { do: 'wait', because: 'the raw file is shorter than the talk' }
  return { do: 'encode', rawMs }
}

/** `yyyy/mm/dd/<call id>.ogg`: a folder for each day of the city, and no phone number in any name. */
export function recordingName(call: CallId, arrivedAt: Date): string {
  // Sweden writes dates as ISO 8601 does.
  const day = arrivedAt.toLocaleDateString('sv-SE', { timeZone: CITY_ZONE })
  return `${day.replaceAll('-', '/')}/${call}.ogg`
}

/** The Ogg stream's serial number, drawn from the call's id, so that encoding again gives the same bytes. */
export function streamSerial(call: CallId): number {
  return Number.parseInt(call.slice(-8), 16) & 0x7fff_ffff
}

export interface Listener {
  readonly id: StaffId
  readonly role: Role
}

/** Who may listen: whoever took part in the call or began it from a page, and those whose work is to listen. */
export async function mayHear(
  listener: Listener,
  call: { readonly staff: StaffId | null },
  tookPart: () => Promise<boolean>,
): Promise<boolean> {
  return OVERSEERS.includes(listener.role) || listener.id === call.staff || (await tookPart())
}
