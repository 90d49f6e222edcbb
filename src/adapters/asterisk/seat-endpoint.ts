import { asId, type SeatNumber } from '#kernel/ids.ts'
import type { PhoneKind } from '../../contact-center/events.ts'

/** A seat has two endpoints in Asterisk: `1001` for any SIP phone and `1001-web` for the browser. */
export interface SeatPhone {
  readonly seat: SeatNumber
  readonly phone: PhoneKind
}

export function endpointName({ seat, phone }: SeatPhone): string {
  return phone === 'browser' ? `${seat}-web` : seat
}

/** Best first. Trunks speak A-law in China, so a SIP phone that does needs no transcoding; browsers speak Opus. */
export const CODECS: Readonly<Record<PhoneKind, string>> = {
  sip: 'alaw,ulaw',
  browser: 'opus,alaw,ulaw',
}

/** Null for an endpoint that is no seat's: the trunk. */
export function readEndpointName(name: string): SeatPhone | null {
  const found = /^([0-9]{4})(-web)?$/.exec(name)
  if (found?.[1] === undefined) return null
  return { seat: asId(found[1]), phone: found[2] === undefined ? 'sip' : 'browser' }
}
