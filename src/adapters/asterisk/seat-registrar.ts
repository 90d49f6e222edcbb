import type { AriRest } from './ari-rest.ts'
import { CODECS, endpointName, type SeatPhone } from './seat-endpoint.ts'
import { listEndpoints } from './survey.ts'

/** What a phone signs in with. The user name is the endpoint's name: `1001` or `1001-web`. */
export interface SeatCredential extends SeatPhone {
  readonly password: string
}

export interface SeatRegistrarOptions {
  /** The address RTP uses (HOTLINE_SIP_HOST). */
  readonly mediaAddress: string
  /** Asks registered SIP phones by OPTIONS whether they are there, this often; 0 never asks. */
  readonly checkPhonesEveryS: number
}

/** At most this many pushes are under way at once: Asterisk takes one after another anyway. */
const PUSHES_AT_ONCE = 8

/**
 * Brings seats into Asterisk, whose memory of them ends with it. An endpoint that is there already is left
 * alone, since Asterisk rewrites one from its own printed form and fails; a password touches no live call.
 */
export class SeatRegistrar {
  private readonly rest: AriRest
  private readonly options: SeatRegistrarOptions
  private readonly credentials = new Map<string, SeatCredential>()
  /** Names whose password Asterisk may not have: all of them when the service starts. */
  private readonly unwritten = new Set<string>()

  constructor(rest: AriRest, credentials: readonly SeatCredential[], options: SeatRegistrarOptions) {
    this.rest = rest
    this.options = options
    for (const credential of credentials) this.keep(credential)
  }

  /**
   * Resolves when every seat is there to be dialled. Costs one request when Asterisk has them.
   * @throws when Asterisk does not answer or refuses a seat.
   */
  async push(): Promise<void> {
    const known = new Set((await listEndpoints(this.rest)).map(endpoint => endpoint.name))
    const missing = [...this.credentials.values()].filter(seat => !known.has(endpointName(seat)))
    await severalAtOnce(missing, seat => this.writePassword(endpointName(seat)))
    await severalAtOnce(missing, seat => this.writeEndpoint(seat))
  }

  /**
   * Resolves when every phone can register. Apart from `push`: after a restart of the service that is a request for
   * each seat, and calls that are up wait to be found.
   * @throws when Asterisk does not answer or refuses one.
   */
  async pushPasswords(): Promise<void> {
    await severalAtOnce([...this.unwritten], name => this.writePassword(name))
  }

  /**
   * Resolves when the new password is the one that counts; calls and registrations go on. Kept for the next
   * push when Asterisk is away. @throws when it could not be written now.
   */
  async renew(credential: SeatCredential): Promise<void> {
    this.keep(credential)
    await this.writePassword(endpointName(credential))
  }

  private keep(credential: SeatCredential): void {
    const name = endpointName(credential)
    this.credentials.set(name, credential)
    this.unwritten.add(name)
  }

  /** Written again when it was renewed meanwhile, so that the newest is the last. */
  private async writePassword(name: string): Promise<void> {
    let written: SeatCredential | undefined
    do {
      written = this.credentials.get(name)
      const password = written?.password ?? ''
      await this.write('auth', name, { auth_type: 'userpass', username: name, password })
    } while (this.credentials.get(name) !== written)
    this.unwritten.delete(name)
  }

  /** The endpoint comes last: where it is, all three are. */
  private async writeEndpoint(seat: SeatPhone): Promise<void> {
    const name = endpointName(seat)
    await this.write('aor', name, aorFields(seat, this.options))
    await this.write('endpoint', name, endpointFields(seat, this.options))
  }

  private async write(
    objectType: 'aor' | 'auth' | 'endpoint',
    id: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }))
    const reply = await this.rest.run(ari =>
      ari.asterisk.updateObject({ configClass: 'res_pjsip', objectType, id, fields }),
    )
    if (!reply.ok)
      throw new Error(`the PBX did not take ${objectType} ${id}: ${reply.reason}, ${reply.detail}`)
  }
}

async function severalAtOnce<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: PUSHES_AT_ONCE }, worker))
}

function aorFields({ phone }: SeatPhone, { checkPhonesEveryS }: SeatRegistrarOptions) {
  return {
    // One phone a seat: a new registration takes the place of the old one.
    max_contacts: '1',
    remove_existing: 'yes',
    // A phone that lost its power counts as registered no longer than this, in seconds.
    maximum_expiration: '300',
    default_expiration: '120',
    // A browser is its socket: when that closes, its registration ends at once, so nobody need ask.
    qualify_frequency: phone === 'sip' ? String(checkPhonesEveryS) : '0',
  }
}

function endpointFields(seat: SeatPhone, { mediaAddress }: SeatRegistrarOptions): Record<string, string> {
  const name = endpointName(seat)
  const common = {
    context: 'from-seat',
    auth: name,
    aors: name,
    dtmf_mode: 'rfc4733',
    disallow: 'all',
    // Recording and music need the media to pass through the PBX.
    direct_media: 'no',
    media_address: mediaAddress,
    bind_rtp_to_media_address: 'yes',
    // Answers go where the request came from, whatever address a phone behind NAT believes it has.
    force_rport: 'yes',
    rewrite_contact: 'yes',
    rtp_symmetric: 'yes',
    // A phone that died in a call must not hold the caller for ever.
    rtp_timeout: '120',
    timers_sess_expires: '600',
    // Its default names the product.
    sdp_session: 'hotline',
    // No transfers or subscriptions past the contact centre.
    allow_transfer: 'no',
    allow_subscribe: 'no',
  }
  const browser = { webrtc: 'yes', dtls_auto_generate_cert: 'yes' }
  return { ...common, ...(seat.phone === 'browser' ? browser : {}), allow: CODECS[seat.phone] }
}
