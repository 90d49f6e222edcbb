import type { PbxCommand } from '../../contact-center/events.ts'
import type { CommandResult } from '../../engine/ports.ts'
import type { AriReply } from './ari-rest.ts'

export type CommandOf<Name extends PbxCommand['do']> = Extract<PbxCommand, { do: Name }>

/** For what is to be done once: an id that exists is the success of an earlier try. */
export function done(reply: AriReply<unknown>): CommandResult {
  if (reply.ok || reply.reason === 'exists') return { ok: true }
  return { ok: false, reason: reply.reason, detail: reply.detail }
}

/** For what should not be there afterwards: gone is success. */
export function removed(reply: AriReply<unknown>): CommandResult {
  return !reply.ok && reply.reason === 'gone' ? { ok: true } : done(reply)
}

/** Asterisk is not even asked. */
export function refused(detail: string): CommandResult {
  return { ok: false, reason: 'refused', detail }
}
