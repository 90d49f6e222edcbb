import { isIPv4 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Category } from '../../src/casework/work-orders/schema.ts'
import type { Config } from '../../src/config.ts'
import { FIRST_AGENT_NUMBER } from '../../src/demo-city/lists.ts'
import { passwordOf, phonePasswordOf } from '../people/demo-secrets.ts'
import { type DeskPhone, type Habit, keepDeskPhones } from '../people/desk-phones.ts'
import type { PageSession } from '../people/page-session.ts'
import type { SippRun } from '../people/sipp.ts'
import { trunkAddress } from '../people/trunk-address.ts'
import { AGENT_VOICE, CITIZEN_VOICE, voiceFolder } from '../people/voice.ts'
import { DemoAgent } from './agent.ts'
import { Citizens } from './citizens.ts'

/** Not everybody picks up as fast; one process of phones for each. */
const HABITS: readonly Habit[] = [
  { ringMs: 1_200, ignored: 0.01 },
  { ringMs: 2_600, ignored: 0.03 },
  { ringMs: 4_500, ignored: 0.08 },
]

export interface RoomOptions {
  readonly config: Config
  /** The shift lead's page: says where the service is. */
  readonly lead: PageSession
  readonly agents: number
  readonly citizens: number
}

/** All the people of the demo and their telephones. */
export class Room {
  private readonly phones: SippRun[] = []
  private readonly agents: DemoAgent[] = []
  private citizens: Citizens | null = null

  private constructor() {}

  static async open(options: RoomOptions): Promise<Room> {
    const room = new Room()
    try {
      await room.fill(options)
      return room
    } catch (problem) {
      await room.close()
      throw problem
    }
  }

  tick(now: number): void {
    for (const agent of this.agents) void agent.tick(now)
  }

  /** Citizens hang up first, then agents sign out, then the phones are taken away. */
  async close(): Promise<void> {
    await this.citizens?.stop()
    await Promise.all(this.agents.map(agent => agent.leave(sleep)))
    await Promise.all(this.phones.map(run => run.stop()))
  }

  private async fill({ config, lead, agents, citizens }: RoomOptions): Promise<void> {
    const trunk = await trunkAddress(config)
    const target = `${config.sipHost}:${config.sipPort}`
    const seats = Array.from({ length: agents }, (_, i) => String(config.firstSeat + i))
    const phones = seats.map(seat => ({ seat, password: phonePasswordOf(config.dataDir, seat) }))
    const voice = await voiceFolder(config, AGENT_VOICE)
    for (const [habit, some] of shared(phones)) {
      const source = phoneAddress(config)
      this.phones.push(await keepDeskPhones({ ...habit, phones: some, target, source, voice }))
    }
    const categories = await categoryCodes(lead)
    for (const [i, seat] of seats.entries()) {
      const login = `a${FIRST_AGENT_NUMBER + i}`
      const password = passwordOf(config.dataDir, login)
      const askCitizenToHangUp = async (number: string) => this.citizens?.hangUp(number)
      const agent = { url: lead.url, login, password, seat, categories, askCitizenToHangUp }
      this.agents.push(await DemoAgent.signIn(agent))
    }
    this.citizens = await Citizens.start({
      count: citizens,
      target,
      source: trunk,
      voice: await voiceFolder(config, CITIZEN_VOICE),
    })
  }
}

/** Phones must not call from the trunk's address: they would be taken for it. */
function phoneAddress({ sipHost }: Config): string {
  return isIPv4(sipHost) && sipHost.startsWith('127.') ? '127.0.0.3' : sipHost
}

function shared(phones: readonly DeskPhone[]): (readonly [Habit, readonly DeskPhone[]])[] {
  return HABITS.map(
    (habit, at) => [habit, phones.filter((_, i) => i % HABITS.length === at)] as const,
  ).filter(([, some]) => some.length > 0)
}

/** Names of items; groups and areas may share one with an item below. */
async function categoryCodes(lead: PageSession): Promise<ReadonlyMap<string, string>> {
  const all = await lead.get<Category[]>('/api/categories')
  const parents = new Set(all.map(({ parentCode }) => parentCode))
  return new Map(all.filter(({ code }) => !parents.has(code)).map(({ nameZh, code }) => [nameZh, code]))
}
