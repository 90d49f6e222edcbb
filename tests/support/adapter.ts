import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { asId, type CallId, type LegId, type SeatNumber } from '#kernel/ids.ts'
import { AsteriskPbx } from '../../src/adapters/asterisk/asterisk-pbx.ts'
import type { SeatCredential } from '../../src/adapters/asterisk/seat-registrar.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { PbxCommand } from '../../src/contact-center/events.ts'
import type { CommandResult, PbxEvent } from '../../src/engine/ports.ts'
import { DESK_PHONES, sipTarget } from './phones.ts'
import { runSipp, type SippResult } from './sipp.ts'
import type { Stack } from './stack.ts'

type WithoutCall<One> = One extends PbxCommand ? Omit<One, 'call'> : never
export type Command = WithoutCall<PbxCommand>

/** A connection of the adapter to a real PBX, without engine: what it is told is done, what it tells is kept. */
export class AdapterBench {
  readonly pbx: AsteriskPbx
  readonly heard: PbxEvent[] = []
  readonly connection: string[] = []
  readonly call: CallId

  private constructor(stack: Stack, call: CallId) {
    this.call = call
    const { config, ariPassword } = stack
    this.pbx = new AsteriskPbx({
      address: { url: config.ariUrl, user: config.ariUser, password: ariPassword },
      clock: systemClock,
      credentials: CREDENTIALS,
      announcementsDir: join(config.dataDir, 'announcements'),
      mediaAddress: config.sipHost,
      checkPhonesEveryS: 0,
      // One journal, many runs: each takes over from the one before at once.
      claimant: { journal: 'adapter-test', run: randomUUID(), label: 'test' },
      standsBy: owner => this.connection.push(`standing by for ${owner}`),
      setUpFailed: () => {},
    })
    this.pbx.listen({
      event: event => this.heard.push(event),
      lost: () => this.connection.push('lost'),
      connected: () => this.connection.push('connected'),
    })
  }

  static async connect(stack: Stack, call: CallId): Promise<AdapterBench> {
    const bench = new AdapterBench(stack, call)
    await vi.waitFor(() => expect(bench.connection).toEqual(['connected']), { timeout: 10_000, interval: 5 })
    return bench
  }

  ask(command: Command): Promise<CommandResult> {
    return this.pbx.perform({ call: this.call, ...command })
  }

  async perform(command: Command): Promise<void> {
    expect(await this.ask(command), command.do).toEqual({ ok: true })
  }

  async event<Type extends PbxEvent['type']>(
    type: Type,
    leg: LegId,
  ): Promise<Extract<PbxEvent, { type: Type }>> {
    return vi.waitFor(() => {
      const found = this.heard.find(one => isEvent(one, type) && 'leg' in one && one.leg === leg)
      if (found === undefined || !isEvent(found, type)) throw new Error(`no ${type} of ${leg}`)
      return found
    }, 10_000)
  }

  of<Type extends PbxEvent['type']>(type: Type): readonly Extract<PbxEvent, { type: Type }>[] {
    return this.heard.filter(event => isEvent(event, type))
  }
}

function isEvent<Type extends PbxEvent['type']>(
  event: PbxEvent,
  type: Type,
): event is Extract<PbxEvent, { type: Type }> {
  return event.type === type
}

export const SEATS = ['1001', '1002', '1003'] as const

const CREDENTIALS: readonly SeatCredential[] = SEATS.flatMap(number => {
  const seat = asId<SeatNumber>(number)
  return [
    { seat, phone: 'sip', password: passwordOf(number) },
    { seat, phone: 'browser', password: passwordOf(`${number}-web`) },
  ] as const
})

export function passwordOf(user: string): string {
  return `secret-of-${user}`
}

export interface Registration {
  readonly user: string
  readonly password?: string
  /** The port the phone is at. */
  readonly port: number
  readonly expires: number
}

export function register(stack: Stack, { user, password, port, expires }: Registration): Promise<SippResult> {
  return runSipp({
    scenario: join(import.meta.dirname, '..', 'pbx', 'sipp', 'register.xml'),
    target: sipTarget(stack),
    source: DESK_PHONES,
    port,
    calls: 1,
    keys: { expires: String(expires) },
    injection: credentialsFile(user, password),
  })
}

export function credentialsFile(user: string, password = passwordOf(user)): string {
  const file = join(mkdtempSync(join(tmpdir(), 'hotline-phone-')), `${user}.csv`)
  writeFileSync(file, `SEQUENTIAL\n${user};[authentication username=${user} password=${password}]\n`)
  return file
}
