import { asId, type LegId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { Digit, GoneCause } from '../../contact-center/events.ts'
import type { PbxEvent } from '../../engine/ports.ts'
import type { AriFrame } from './event-socket.ts'
import { readEndpointName } from './seat-endpoint.ts'

/**
 * One ARI event as one of ours, or null when it says nothing to us; no ARI noun passes this file. A frame
 * without the fields it should have is passed over too: it is no reason to stop taking calls.
 *
 * Left out on purpose (subscribe.ts does not even ask for them): `StasisEnd` and `ChannelHangupRequest`, since
 * a leg is gone when `ChannelDestroyed` says so, with the cause; `Dial`, whose ringing `ChannelStateChange`
 * tells as well; `PeerStatusChange` and `ContactStatusChange`, since a phone that registers anew from another
 * port is reported `Removed` while it is reachable.
 */
export function toEvent(frame: AriFrame, now: Instant): PbxEvent | null {
  const at = readTime(frame.timestamp) ?? now
  const channel = record(frame.channel)
  const leg = readId<LegId>(channel?.id)
  switch (frame.type) {
    case 'StasisStart':
      return leg === null ? null : entered(at, leg, channel, frame.args)
    case 'ChannelStateChange':
      return leg === null || channel?.state !== 'Ringing' ? null : { type: 'leg-ringing', at, leg }
    case 'ChannelHold':
      return leg === null ? null : { type: 'leg-held', at, leg }
    case 'ChannelUnhold':
      return leg === null ? null : { type: 'leg-unheld', at, leg }
    case 'ChannelDestroyed':
      return leg === null ? null : { type: 'leg-gone', at, leg, cause: goneCause(frame.cause) }
    case 'ChannelEnteredBridge': {
      const bridge = text(record(frame.bridge)?.id)
      return leg === null || bridge === '' ? null : { type: 'leg-bridged', at, leg, bridge: asId(bridge) }
    }
    case 'ChannelDtmfReceived': {
      const digit = readDigit(frame.digit)
      return leg === null || digit === null ? null : { type: 'digit-pressed', at, leg, digit }
    }
    case 'PlaybackFinished':
      return promptFinished(at, record(frame.playback))
    case 'EndpointStateChange':
      return phoneChanged(at, record(frame.endpoint))
    default:
      return null
  }
}

function entered(at: Instant, leg: LegId, channel: Fields | null, args: unknown): PbxEvent | null {
  const [role, dialled]: readonly unknown[] = Array.isArray(args) ? args : []
  // A leg that snoops comes without a role: it is up as soon as it is made, so that nobody need be told.
  if (role === 'seat' || role === 'outside') return { type: 'leg-answered', at, leg }
  if (role !== 'arrived') return null
  const caller = text(record(channel?.caller)?.number)
  return { type: 'arrived', at, leg, caller: readCaller(caller), dialled: text(dialled) }
}

/** Names stand where a number is withheld ("anonymous"), and SIP lets anyone write anything there. */
export function readCaller(number: string): string {
  return /^\+?[0-9*#]{1,32}$/.test(number) ? number : ''
}

function promptFinished(at: Instant, playback: Fields | null): PbxEvent | null {
  const id = text(playback?.id)
  const target = text(playback?.target_uri)
  if (id === '' || !target.startsWith('channel:')) return null
  const leg = asId<LegId>(target.slice('channel:'.length))
  return { type: 'prompt-finished', at, leg, playback: asId(id), played: playback?.state === 'done' }
}

function phoneChanged(at: Instant, endpoint: Fields | null): PbxEvent | null {
  const phone = readEndpointName(text(endpoint?.resource))
  if (phone === null || endpoint?.technology !== 'PJSIP') return null
  return { type: 'phone-changed', at, ...phone, registered: endpoint.state === 'online' }
}

const DIGITS: readonly Digit[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']

/** Null for A to D, which no telephone of ours has. */
function readDigit(value: unknown): Digit | null {
  return DIGITS.find(digit => digit === value) ?? null
}

/** By Q.850, into which Asterisk turns SIP's codes. */
function goneCause(cause: unknown): GoneCause {
  switch (cause) {
    case 0: // Nothing was said.
    case 16: // Normal clearing.
    case 26: // Answered elsewhere.
    case 31: // Normal, unspecified.
      return 'normal'
    case 17:
      return 'busy'
    case 18: // No user responding.
    case 19: // No answer from the user.
    case 20: // Subscriber absent.
      return 'no-answer'
    case 21:
      return 'rejected'
    case 1:
    case 22: // Number changed.
    case 28: // Invalid number format.
      return 'unallocated'
    default:
      return 'failed'
  }
}

type Fields = { readonly [name: string]: unknown }

function record(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? { ...value } : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function readId<Id extends LegId>(value: unknown): Id | null {
  const id = text(value)
  return id === '' ? null : asId<Id>(id)
}

/** `2026-11-21T20:59:54.600+0800`, to the millisecond. */
function readTime(value: unknown): Instant | null {
  const time = Date.parse(text(value))
  return Number.isNaN(time) ? null : time
}
