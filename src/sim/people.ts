import { asId, type CallId, type LegId, type SeatNumber, type SkillId } from '#kernel/ids.ts'
import { MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import type { CenterEvent, ScreenPop, Skills } from '../contact-center/events.ts'
import type { Seat } from '../contact-center/seat/seat.ts'
import type { Clock } from '../engine/ports.ts'
import type { FakePbx } from './fake-pbx.ts'
import { Random } from './random.ts'

/** What the people may do with the contact centre; whichever run of it is alive at the moment. */
export interface Service {
  submit(event: CenterEvent): void
  seat(number: SeatNumber): Seat | undefined
}

const NETWORK_MS = 20
export const SIM_SKILLS = { general: asId<SkillId>('general'), dialect: asId<SkillId>('dialect') } as const
/** Dialled by one citizen in ten. */
export const DIALECT_LINE = '12329'

/** A citizen: dials, waits as long as patience lasts, talks, and hangs up or is hung up on. */
export class Citizen {
  readonly leg: LegId
  /** The dialplan's apology was all this caller heard. */
  turnedAway = false
  private readonly random: Random
  private readonly clock: Clock
  private readonly pbx: FakePbx

  constructor(index: number, seed: number, clock: Clock, pbx: FakePbx) {
    this.leg = asId(`citizen-${index}`)
    this.random = Random.of(seed, this.leg)
    this.clock = clock
    this.pbx = pbx
  }

  dial(): void {
    const { random } = this
    const number = `138${String(random.between(0, 99_999_999)).padStart(8, '0')}`
    const dialled = random.chance(0.01) ? '99999' : random.chance(0.1) ? DIALECT_LINE : '12345'
    if (!this.pbx.dialIn(this.leg, number, dialled)) {
      this.turnedAway = true
      return
    }
    // A few leave at once, during the greeting; the others wait as long as they can bear.
    const patience = random.chance(0.02)
      ? random.between(0, 3_000)
      : 10 * SECOND_MS + random.around(3 * MINUTE_MS)
    this.clock.after(patience, () => {
      if (this.pbx.legs.get(this.leg)?.bridge === null) this.pbx.hangUp(this.leg)
    })
  }

  /** Some give up in the same instant in which the seat answers. */
  hearsAnswer(): void {
    if (this.random.chance(0.01)) this.clock.after(this.random.between(0, 4), () => this.pbx.hangUp(this.leg))
  }

  talks(agent: LegId): void {
    const forMs = 5 * SECOND_MS + this.random.around(2.5 * MINUTE_MS)
    const first = this.random.chance(0.7) ? this.leg : agent
    this.clock.after(forMs, () => this.pbx.hangUp(first))
  }
}

/** An agent: signs in, keeps the desk open, answers nearly every call, wraps up, takes breaks. */
export class Agent {
  readonly seat: SeatNumber
  private readonly random: Random
  private readonly clock: Clock
  private readonly pbx: FakePbx
  private readonly service: () => Service | null
  private readonly skills: Skills
  private onDuty = false

  constructor(number: number, seed: number, clock: Clock, pbx: FakePbx, service: () => Service | null) {
    this.seat = asId(String(number))
    this.random = Random.of(seed, `agent-${number}`)
    // Everyone serves the general queue; one in five speaks the dialect, more or less well.
    const dialect = number % 5 === 0 ? { [SIM_SKILLS.dialect]: this.random.between(1, 9) } : {}
    this.skills = { [SIM_SKILLS.general]: this.random.between(3, 9), ...dialect }
    this.clock = clock
    this.pbx = pbx
    this.service = service
  }

  startShift(): void {
    this.onDuty = true
    this.pbx.register(this.seat, 'browser')
    this.lookUp()
  }

  endShift(): void {
    this.onDuty = false
    this.say({ type: 'seat-signed-out', at: this.clock.now(), seat: this.seat })
  }

  /** The screen shows the call; the desk says so by itself. */
  popped(pop: ScreenPop): void {
    if (this.random.chance(0.01)) return
    this.soon(this.random.between(3, 40), () =>
      this.say({ type: 'pop-acknowledged', at: this.clock.now(), seat: this.seat, call: pop.call }),
    )
  }

  rings(leg: LegId, answered: (call: CallId | null) => void): void {
    const { random } = this
    if (random.chance(0.02)) return
    if (random.chance(0.005)) return this.soon(random.between(500, 5_000), () => this.pbx.hangUp(leg))
    this.soon(random.between(800, 6_000), () => {
      this.pbx.pickUp(leg)
      answered(null)
      // Answered by mistake, and put down again before anyone could speak.
      if (random.chance(0.005)) this.soon(random.between(0, 2_500), () => this.pbx.hangUp(leg))
    })
  }

  /** Looks at the desk now and then, as a person does, and does what the state of the seat asks for. */
  private lookUp(): void {
    const state = this.service()?.seat(this.seat)
    if (this.onDuty) this.act(state)
    if (this.onDuty) this.soon(this.random.between(3_000, 9_000), () => this.lookUp())
  }

  private act(seat: Seat | undefined): void {
    const at = this.clock.now()
    const { seat: number, random } = this
    if (seat !== undefined && !seat.deskConnected)
      this.say({ type: 'desk-changed', at, seat: number, connected: true })
    switch (seat?.state.name) {
      case undefined:
      case 'signed-out': {
        const agent = {
          staff: asId<never>(`staff-${number}`),
          number: asId<never>(number),
          name: `话务员${number}`,
          skills: this.skills,
        }
        this.say({ type: 'seat-signed-in', at, seat: number, agent, phone: 'browser' })
        this.say({ type: 'desk-changed', at, seat: number, connected: true })
        return this.say({ type: 'phone-changed', at, seat: number, registered: true })
      }
      case 'not-ready':
        if (random.chance(0.4)) this.say({ type: 'ready-requested', at, seat: number })
        return
      case 'wrap-up':
        if (random.chance(0.3)) this.say({ type: 'wrap-up-finished', at, seat: number })
        return
      case 'ready':
      case 'talking':
        if (random.chance(0.004)) this.say({ type: 'not-ready-requested', at, seat: number, reason: 'break' })
        return
    }
  }

  private say(event: CenterEvent): void {
    this.soon(NETWORK_MS, () => this.service()?.submit({ ...event, at: this.clock.now() }))
  }

  private soon(afterMs: number, then: () => void): void {
    this.clock.after(afterMs, then)
  }
}
