import {
  asId,
  type CallId,
  type LegId,
  type SeatNumber,
  type SkillId,
  type WorkOrderId,
} from '#kernel/ids.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import type { Call } from '../contact-center/call/call.ts'
import type {
  CallLine,
  CenterEvent,
  Digit,
  Prompt,
  ScreenPop,
  Skills,
  TransferAct,
  TransferHow,
  TransferTarget,
  WatchMode,
} from '../contact-center/events.ts'
import type { Seat } from '../contact-center/seat/seat.ts'
import type { Clock } from '../engine/ports.ts'
import type { FakePbx } from './fake-pbx.ts'
import { ACCESS_LINE, SIM_PIN, simRoute } from './masking.ts'
import { Random } from './random.ts'

/** What the people may do with the contact centre; whichever run of it is alive at the moment. */
export interface Service {
  submit(event: CenterEvent): void
  seat(number: SeatNumber): Seat | undefined
  calls(): readonly Call[]
}

const NETWORK_MS = 20
export const SIM_SKILLS = { general: asId<SkillId>('general'), dialect: asId<SkillId>('dialect') } as const
/** Dialled by one citizen in ten. */
export const DIALECT_LINE = '12329'
/** Dialled by one in six: a menu comes first. */
export const MENU_LINE = '12320'
export const MAIN_LINE: CallLine = {
  number: asId('12345'),
  name: '12345',
  queue: asId('general'),
  greets: true,
}
const MODES: readonly WatchMode[] = ['listen', 'whisper', 'barge']
const TRANSFER_ACTS: readonly TransferAct[] = ['swap', 'merge', 'complete', 'cancel']

/** A citizen: dials, waits as long as patience lasts, talks, and hangs up or is hung up on. */
export class Citizen {
  readonly leg: LegId
  /** The dialplan's apology was all this caller heard. */
  turnedAway = false
  private talking = false
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
    const dialled = random.chance(0.01) ? '99999' : random.chance(0.1) ? DIALECT_LINE : this.usual()
    if (!this.pbx.dialIn(this.leg, number, dialled)) {
      this.turnedAway = true
      return
    }
    // A few leave at once, during the greeting; the others wait as long as they can bear.
    const patience = random.chance(0.02)
      ? random.between(0, 3_000)
      : 10 * SECOND_MS + random.around(3 * MINUTE_MS)
    this.clock.after(patience, () => {
      if (!this.talking) this.pbx.hangUp(this.leg)
    })
  }

  /** Presses what is asked for, sometimes the wrong key, often none. */
  hears(prompts: readonly Prompt[]): void {
    const { random } = this
    const menu = prompts.includes('announcement-choice') || prompts.includes('announcement-hello')
    if (menu && random.chance(0.6)) this.presses(KEYS[random.between(0, KEYS.length - 1)] ?? '0')
    if (prompts.includes('offer-call-back') && random.chance(0.3)) this.presses('1')
    if (prompts.includes('mask-key-short-number') && random.chance(0.9)) this.keys(`${this.shortNumber()}#`)
    if (prompts.includes('mask-key-pin') && random.chance(0.9)) {
      this.keys(random.chance(0.7) ? SIM_PIN : '000000')
    }
    if (prompts.includes('mask-offer') && random.chance(0.5)) this.presses(random.chance(0.8) ? '1' : '5')
    if (prompts.includes('rate-this-call')) {
      if (random.chance(0.3)) this.clock.after(random.between(0, 4_000), () => this.pbx.hangUp(this.leg))
      else if (random.chance(0.8)) this.presses(GRADES[random.between(0, GRADES.length - 1)] ?? '1')
    }
    // Some give up in the same instant in which the seat answers.
    if (prompts.includes('serves-you') && random.chance(0.01)) {
      this.clock.after(random.between(0, 4), () => this.pbx.hangUp(this.leg))
    }
  }

  /** Speaks as long as there is something to say, whoever comes and goes meanwhile. */
  talks(): void {
    if (this.talking) return
    this.talking = true
    this.clock.after(5 * SECOND_MS + this.random.around(2.5 * MINUTE_MS), () => {
      if (this.random.chance(0.7)) this.pbx.hangUp(this.leg)
      // Else it is the agent who ends it; a few agents never do.
      else this.clock.after(4 * MINUTE_MS, () => this.pbx.hangUp(this.leg))
    })
  }

  /** A few speak for a unit and want the citizen behind a short number. */
  private usual(): string {
    if (this.random.chance(0.03)) return this.shortNumber()
    if (this.random.chance(0.03)) return ACCESS_LINE
    return this.random.chance(0.18) ? MENU_LINE : MAIN_LINE.number
  }

  private shortNumber(): string {
    return `950${String(this.random.between(0, 99)).padStart(2, '0')}`
  }

  /** One after the other, as fingers do; now and then somebody stops halfway. */
  private keys(digits: string): void {
    const { random } = this
    let at = random.between(200, 4_000)
    for (const digit of digits.slice(0, random.chance(0.1) ? 3 : undefined)) {
      at += random.between(100, 900)
      this.clock.after(at, () => this.pbx.press(this.leg, digit as Digit))
    }
  }

  private presses(digit: Digit): void {
    this.clock.after(this.random.between(500, 6_000), () => this.pbx.press(this.leg, digit))
  }
}

const KEYS: readonly Digit[] = ['1', '1', '1', '2', '3', '0', '7']
const GRADES: readonly Digit[] = ['1', '1', '1', '2', '3', '4', '5', '9', '#']

/** Whoever is called in the city: a citizen called back, a department, an emergency service. */
export class Outsider {
  private readonly leg: LegId
  private readonly random: Random
  private readonly clock: Clock
  private readonly pbx: FakePbx
  private talking = false

  constructor(leg: LegId, seed: number, clock: Clock, pbx: FakePbx) {
    this.leg = leg
    this.random = Random.of(seed, leg)
    this.clock = clock
    this.pbx = pbx
  }

  rings(): void {
    const { random } = this
    if (random.chance(0.1)) return
    if (random.chance(0.1)) {
      const cause = random.chance(0.5) ? 'busy' : 'rejected'
      this.clock.after(random.between(100, 3_000), () => this.pbx.hangUp(this.leg, cause))
      return
    }
    this.clock.after(random.between(1_000, 15_000), () => this.pbx.pickUp(this.leg))
  }

  talks(): void {
    if (this.talking) return
    this.talking = true
    this.clock.after(5 * SECOND_MS + this.random.around(1.5 * MINUTE_MS), () => this.pbx.hangUp(this.leg))
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

  rings(leg: LegId): void {
    const { random } = this
    if (random.chance(0.02)) return
    if (random.chance(0.005)) return this.soon(random.between(500, 5_000), () => this.pbx.hangUp(leg))
    this.soon(random.between(800, 6_000), () => {
      this.pbx.pickUp(leg)
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
        if (random.chance(0.02)) this.say({ type: 'wrap-up-extended', at, seat: number })
        if (random.chance(0.3)) this.say({ type: 'wrap-up-finished', at, seat: number })
        return
      case 'ready':
        if (random.chance(0.004)) this.say({ type: 'not-ready-requested', at, seat: number, reason: 'break' })
        if (random.chance(0.003)) this.wish(at)
        return
      case 'dialling':
        if (random.chance(0.02)) this.say({ type: 'hang-up-requested', at, seat: number })
        return
      case 'talking':
        return this.converse(at)
      case 'holding':
        if (random.chance(0.3)) this.say({ type: 'resume-requested', at, seat: number })
        return
      case 'consulting':
        return this.consult(at)
    }
  }

  /** Something other than the next caller: a call of one's own, or a look at a colleague's. */
  private wish(at: Instant): void {
    const { random, seat } = this
    if (random.chance(0.15)) return this.unitWishes(at)
    if (random.chance(0.6)) {
      const number = `139${String(random.between(0, 99_999_999)).padStart(8, '0')}`
      const id = `${seat}-${at}`
      const call = { call: asId<CallId>(`dial-${id}`), draft: asId<WorkOrderId>(`order-${id}`) }
      return this.say({ type: 'dial-requested', at, seat, call, number, line: MAIN_LINE, missedCall: null })
    }
    const talks =
      this.service()
        ?.calls()
        .filter(({ state }) => state.name === 'talking') ?? []
    const call = talks[random.between(0, Math.max(0, talks.length - 1))]
    const mode = MODES[random.between(0, MODES.length - 1)] ?? 'listen'
    if (call !== undefined) this.say({ type: 'watch-requested', at, seat, call: call.id, mode })
  }

  /** Not at this seat: a handler somewhere asks for a citizen on a page. */
  private unitWishes(at: Instant): void {
    const id = `${this.seat}-${at}`
    const call = { call: asId<CallId>(`masked-${id}`), draft: asId<WorkOrderId>(`order-${id}`) }
    const route = simRoute(asId(`9500${this.random.between(3, 9)}`), 'unit')
    this.say({ type: 'masked-call-requested', at, call, route, first: '089866000001' })
  }

  private converse(at: Instant): void {
    const { random, seat } = this
    const act = random.next()
    if (act < 0.004) this.say({ type: 'not-ready-requested', at, seat, reason: 'break' })
    else if (act < 0.02) this.say({ type: 'hold-requested', at, seat })
    else if (act < 0.025) this.say({ type: 'mute-requested', at, seat, muted: random.chance(0.5) })
    else if (act < 0.03) this.say({ type: 'digits-requested', at, seat, digits: '12#' })
    else if (act < 0.05) this.say({ type: 'transfer-requested', at, seat, ...this.transfer() })
    else if (act < 0.06) this.say({ type: 'transfer-act-requested', at, seat, act: this.transferAct() })
    else if (act < 0.065) this.say({ type: 'take-over-requested', at, seat })
    else if (act < 0.085) this.say({ type: 'hang-up-requested', at, seat })
  }

  private consult(at: Instant): void {
    const { random, seat } = this
    if (random.chance(0.35)) this.say({ type: 'transfer-act-requested', at, seat, act: this.transferAct() })
    else if (random.chance(0.02)) this.say({ type: 'hang-up-requested', at, seat })
  }

  private transfer(): { readonly target: TransferTarget; readonly how: TransferHow } {
    const { random } = this
    const how = (['blind', 'consult', 'conference'] as const)[random.between(0, 2)] ?? 'blind'
    const kind = random.between(0, 2)
    if (kind === 0) return { how, target: { kind: 'queue', queue: asId('dialect') } }
    if (kind === 1) return { how, target: { kind: 'seat', seat: asId(String(1001 + random.between(0, 9))) } }
    const emergency = random.chance(0.2)
    const number = emergency ? '120' : `0898${random.between(10_000_000, 99_999_999)}`
    return { how, target: { kind: 'outside', number, name: number, emergency } }
  }

  private transferAct(): TransferAct {
    return TRANSFER_ACTS[this.random.between(0, TRANSFER_ACTS.length - 1)] ?? 'cancel'
  }

  private say(event: CenterEvent): void {
    this.soon(NETWORK_MS, () => this.service()?.submit({ ...event, at: this.clock.now() }))
  }

  private soon(afterMs: number, then: () => void): void {
    this.clock.after(afterMs, then)
  }
}
