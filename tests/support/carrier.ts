import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface CarrierSubscription {
  readonly id: string
  citizen: string
  unit: string
  readonly number: string
  expiresAt: number
  readonly outId: string | null
  readonly records: boolean
  readonly restrict: string | null
  bound: boolean
}

/**
 * What goes wrong with one request:
 * - `throttle`, `flow`: refused before anything is done, by the gateway and by the product
 * - `broken`: 503 after it was done · `failed`: 503 before
 * - `lost`: done, then the connection breaks · `silent`: done, and no answer ever
 * - any other text: refused with that code
 */
export type Trouble = 'throttle' | 'flow' | 'broken' | 'failed' | 'lost' | 'silent' | `is${string}`

const MINUTE_MS = 60_000
const CLOCKS_APART_MS = 15 * MINUTE_MS

type Answer = { readonly status: number; readonly body: object }

/**
 * A carrier with numbers that stand for two people's, in the shape of Aliyun's Dyplsapi: it verifies signatures by
 * code of its own, keeps subscriptions until they expire, allots numbers from its pool, and tells of calls.
 */
export class Carrier {
  readonly accessKeyId = 'hotline-key'
  readonly accessKeySecret = 'what the carrier gave us'
  readonly poolKey = 'FC1234567'
  readonly pool: readonly string[]
  endpoint = ''
  /** Its own clock, ms ahead of everybody's. */
  ahead = 0
  readonly subscriptions: CarrierSubscription[] = []
  /** Requests that reached it, by action; with the refused ones. */
  readonly asked: string[] = []
  private readonly troubles: { readonly action: string; readonly how: Trouble }[] = []
  private readonly nonces = new Set<string>()
  private readonly server: Server
  private lastId = 1000000768393849

  constructor(pool: readonly string[]) {
    this.pool = pool
    this.server = createServer((request, reply) => {
      this.answer(request, reply).catch(error => reply.writeHead(500).end(String(error)))
    })
  }

  /** @param port of an earlier start, to be there again */
  async start(port = 0): Promise<void> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    const { port: taken } = this.server.address() as AddressInfo
    this.endpoint = `http://127.0.0.1:${taken}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** The next request for this action goes wrong so; several wait in turn. */
  trouble(action: string, ...ways: readonly Trouble[]): void {
    this.troubles.push(...ways.map(how => ({ action, how })))
  }

  now(): number {
    return Date.now() + this.ahead
  }

  /** What lives: neither unbound nor expired. */
  living(): readonly CarrierSubscription[] {
    return this.subscriptions.filter(one => this.lives(one))
  }

  times(action: string): number {
    return this.asked.filter(one => one === action).length
  }

  private lives({ bound, expiresAt }: CarrierSubscription): boolean {
    return bound && expiresAt > this.now()
  }

  private async answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const query = new URLSearchParams(await text(request))
    const parameters = Object.fromEntries(query)
    const action = parameters.Action ?? ''
    this.asked.push(action)
    const how = this.nextTrouble(action)
    if (how === 'throttle') return json(reply, { status: 400, body: problem('Throttling.User') })
    if (how === 'failed') return json(reply, { status: 503, body: problem('ServiceUnavailable') })
    const refused = this.stranger(parameters, request.method ?? '')
    if (refused !== null) return json(reply, { status: 400, body: problem(refused) })
    if (how === 'flow') return json(reply, { status: 200, body: problem('isv.FLOW_LIMIT') })
    if (how?.startsWith('is')) return json(reply, { status: 200, body: problem(how) })
    const body = this.perform(action, parameters)
    if (how === 'broken') return json(reply, { status: 503, body: problem('ServiceUnavailable') })
    if (how === 'lost') return void reply.destroy()
    if (how === 'silent') return
    json(reply, { status: 200, body })
  }

  private nextTrouble(action: string): Trouble | undefined {
    const index = this.troubles.findIndex(one => one.action === action)
    return index === -1 ? undefined : this.troubles.splice(index, 1)[0]?.how
  }

  /** Why this is nobody whom it knows, as the gateway says it. */
  private stranger(parameters: Record<string, string>, method: string): string | null {
    const {
      Signature: signature,
      SignatureNonce: nonce = '',
      Timestamp: timestamp = '',
      ...rest
    } = parameters
    if (rest.AccessKeyId !== this.accessKeyId) return 'InvalidAccessKeyId.NotFound'
    if (rest.Version !== '2017-05-25' || rest.Format !== 'JSON') return 'InvalidParameter'
    const at = Date.parse(timestamp)
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp)) return 'InvalidTimeStamp.Format'
    if (Math.abs(at - this.now()) > CLOCKS_APART_MS) return 'InvalidTimeStamp.Expired'
    const signed = { ...rest, SignatureNonce: nonce, Timestamp: timestamp }
    if (signature !== this.sign(method, signed)) return 'SignatureDoesNotMatch'
    if (this.nonces.has(nonce)) return 'SignatureNonceUsed'
    this.nonces.add(nonce)
    return null
  }

  private sign(method: string, parameters: Record<string, string>): string {
    const query = Object.keys(parameters)
      .sort()
      .map(name => `${encoded(name)}=${encoded(parameters[name] ?? '')}`)
      .join('&')
    return createHmac('sha1', Buffer.from(`${this.accessKeySecret}&`))
      .update(`${method}&%2F&${encoded(query)}`)
      .digest('base64')
  }

  private perform(action: string, parameters: Record<string, string>): object {
    if (parameters.PoolKey !== this.poolKey) return problem('isv.ILLEGAL_ARGUMENT')
    switch (action) {
      case 'BindAxb':
        return this.bind(parameters)
      case 'UnbindSubscription':
        return this.unbind(parameters)
      case 'UpdateSubscription':
        return this.update(parameters)
      case 'QuerySubscriptionDetail':
        return this.query(parameters)
      case 'QuerySubsId':
        return this.ids(parameters)
      default:
        return problem('InvalidAction.NotFound')
    }
  }

  private bind({ PhoneNoA: citizen, PhoneNoB: unit, PhoneNoX: named, ...rest }: Record<string, string>) {
    const expiresAt = timeOf(rest.Expiration)
    if (!isNumber(citizen) || !isNumber(unit)) return problem('isv.MOBILE_NUMBER_ILLEGAL')
    if (expiresAt === null || expiresAt < this.now() + MINUTE_MS) return problem('isv.EXPIRE_DATE_ILLEGAL')
    if (named !== undefined && !this.pool.includes(named)) return problem('isv.NO_NOT_EXIST')
    const meets = (number: string) =>
      this.living().some(
        one => one.number === number && [citizen, unit].some(who => who === one.citizen || who === one.unit),
      )
    // An X may serve many pairs, as long as nobody could mean two counterparts.
    const number = named ?? this.pool.find(candidate => !meets(candidate))
    if (number === undefined) return problem('isv.NO_AVAILABLE_NUMBER')
    if (meets(number)) return problem('isv.BIND_CONFLICT')
    this.lastId += 1
    const id = String(this.lastId)
    this.subscriptions.push({
      ...{ id, citizen, unit, number, expiresAt, bound: true },
      outId: rest.OutId ?? null,
      records: rest.IsRecordingEnabled === 'true',
      restrict: rest.CallRestrict ?? null,
    })
    return fine({ SecretBindDTO: { SubsId: id, SecretNo: number } })
  }

  private unbind({ SubsId: id, SecretNo: number }: Record<string, string>) {
    const found = this.found(id, number)
    if (found === undefined) return problem('isv.ILLEGAL_ARGUMENT')
    found.bound = false
    return fine({ ChargeId: true })
  }

  private update({ SubsId: id, PhoneNoX: number, OperateType: operation, ...rest }: Record<string, string>) {
    const found = this.found(id, number)
    if (found === undefined) return problem('isv.ILLEGAL_ARGUMENT')
    if (operation === 'updateExpire') {
      const expiresAt = timeOf(rest.Expiration)
      if (expiresAt === null || expiresAt < this.now() + MINUTE_MS) return problem('isv.EXPIRE_DATE_ILLEGAL')
      found.expiresAt = expiresAt
      return fine({})
    }
    if (operation !== 'updateNoB' || !isNumber(rest.PhoneNoB)) return problem('isv.ILLEGAL_ARGUMENT')
    found.unit = rest.PhoneNoB
    return fine({})
  }

  private query({ SubsId: id, PhoneNoX: number }: Record<string, string>) {
    const one = this.subscriptions.find(each => each.id === id && each.number === number)
    if (one === undefined) return problem('isv.ILLEGAL_ARGUMENT')
    return fine({
      SecretBindDetailDTO: {
        ...{ SubsId: id, PhoneNoA: one.citizen, PhoneNoB: one.unit, PhoneNoX: number },
        ...{ ExpireDate: written(one.expiresAt), NeedRecord: one.records, Status: this.lives(one) ? 1 : 0 },
      },
    })
  }

  private ids({ PhoneNoX: number }: Record<string, string>) {
    if (!this.pool.includes(number ?? '')) return problem('isv.NO_NOT_EXIST')
    const ids = this.living().filter(one => one.number === number)
    return fine(ids.length === 0 ? {} : { SubsId: ids.map(one => one.id).join(',') })
  }

  private found(id: string | undefined, number: string | undefined): CarrierSubscription | undefined {
    return this.living().find(one => one.id === id && one.number === number)
  }
}

/** The reports of a call in their order, as they are pushed; when nobody answers, it ends where it rang. */
export function reportsOf(
  { poolKey }: Carrier,
  { id, citizen, unit, number, outId, records }: CarrierSubscription,
  {
    from,
    answered,
    at,
  }: { readonly from: 'citizen' | 'unit'; readonly answered: boolean; readonly at: number },
) {
  const call = randomUUID()
  const time = (afterMs: number) => written(at + afterMs)
  const begun = {
    ...{ pool_key: poolKey, sub_id: Number(id), call_id: call, out_id: outId },
    ...{ phone_no: citizen, peer_no: unit, secret_no: number, called_display_no: number },
    ...{ call_type: from === 'citizen' ? 0 : 1, call_time: time(0) },
  }
  const ringing = { ...begun, ring_time: time(3_000) }
  const talking = { ...ringing, start_time: time(9_000) }
  const over = { release_time: time(69_000), release_dir: 1, release_cause: answered ? 16 : 19 }
  const ended = { ...(answered ? talking : { ...ringing, start_time: over.release_time }), ...over }
  const recording = { pool_key: poolKey, subs_id: Number(id), call_id: call, call_time: time(0) }
  return {
    call,
    reports: [
      begun,
      ringing,
      ...(answered ? [talking] : []),
      ended,
      ...(answered && records ? [recording] : []),
    ],
  }
}

/** Pushes a message, as often as it is told to. @returns the status and what was answered */
export async function push(address: string, reports: readonly object[]) {
  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(reports),
  })
  return { status: reply.status, body: await reply.json() }
}

function fine(more: object) {
  return { ...more, Code: 'OK', Message: 'OK', RequestId: randomUUID() }
}

function problem(code: string) {
  return { Code: code, Message: code, RequestId: randomUUID() }
}

function json(reply: ServerResponse, { status, body }: Answer): void {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** A mobile number, or one with an area code and no hyphen. */
function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^(1\d{10}|0\d{9,11})$/.test(text)
}

/** `2026-12-01 08:00:00`, in Beijing. */
function timeOf(text: string | undefined): number | null {
  const at = Date.parse(`${text?.replace(' ', 'T')}+08:00`)
  return Number.isNaN(at) ? null : at
}

function written(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Byte by byte, as the documentation puts it. */
function encoded(value: string): string {
  return [...Buffer.from(value)]
    .map(byte => {
      const sign = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
