import { randomUUID } from 'node:crypto'
import type { Digit, Prompt } from '../../src/contact-center/events.ts'
import { asId, type CallId, type LegId } from '../../src/kernel/ids.ts'
import type { FakePbx, PhonePeople } from '../../src/sim/fake-pbx.ts'
import type { MaskLedger, Moment, Tie } from './mask-ledger.ts'

/** Every call comes to something within this time. */
const LIMIT_MS = 20_000
const KEY_EVERY_MS = 8

/** What somebody dials for, and what they key when they are asked. */
export interface Aim {
  readonly short: string | null
  /** The PIN; null: none is known, and whoever is asked for it hangs up. */
  readonly pin: string | null
  /** What the short number is bound for as they begin. */
  readonly tie: Tie | null
  /** Before this is over they do not pick up, nor take an offer. */
  readonly until?: Promise<void>
}

export interface Attempt extends Aim {
  /** Empty: it was asked for on a page. */
  readonly leg: LegId
  readonly caller: string
  /** When they could be put through at the earliest. */
  began: Moment
  pinAsked: boolean
  /** Whom they came to speak with; null: nobody. */
  with: string | null
  /** They speak, or will not. */
  readonly done: Promise<void>
  over(): void
}

interface Happened {
  readonly legs: readonly LegId[]
  readonly connected: boolean
  readonly at: Moment
}

/** The telephones of a city on the simulated PBX; whoever is put through to somebody is looked up in the clerk's book. */
export class MaskPhones implements PhonePeople {
  readonly breaches: string[] = []
  /** How often 12345 has offered somebody their unit. */
  offers = 0
  private readonly pbx: FakePbx
  private readonly ledger: MaskLedger
  private readonly attempts = new Map<LegId, Attempt>()
  private readonly asked = new Map<CallId, Attempt>()
  private readonly numbers = new Map<LegId, string>()
  /** A telephone may ring, and more, before the page that asked for it is answered. */
  private readonly unclaimed: Happened[] = []
  private readonly waits = new Map<string, Promise<void>>()

  constructor(pbx: FakePbx, ledger: MaskLedger) {
    this.pbx = pbx
    this.ledger = ledger
  }

  dial(caller: string, number: string, aim: Aim): Attempt {
    const attempt = this.attempt(asId<LegId>(`phone-${randomUUID()}`), caller, aim)
    this.attempts.set(attempt.leg, attempt)
    if (!this.pbx.dialIn(attempt.leg, caller, number)) throw new Error('the PBX takes no call')
    return attempt
  }

  /** Somebody is about to ask for a call on a page. */
  ask(phone: string, aim: Aim): Attempt {
    if (aim.until !== undefined) this.waits.set(phone, aim.until)
    return this.attempt(asId<LegId>(''), phone, aim)
  }

  /** What they asked for has begun. */
  begun(call: CallId, attempt: Attempt): void {
    this.asked.set(call, attempt)
    for (const event of this.unclaimed.splice(0)) this.happened(event)
  }

  hangUp({ leg }: Attempt): void {
    this.pbx.hangUp(leg)
  }

  /** One that was asked for on a page: neither telephone is the PBX's caller. */
  hangUpAsked(call: CallId): void {
    for (const leg of this.numbers.keys()) if (leg.startsWith(call)) this.pbx.hangUp(leg)
  }

  /** Both are on the line still. */
  speaks({ leg, with: other }: Attempt): boolean {
    return (
      this.pbx.legs.has(leg) &&
      [...this.numbers].some(([id, number]) => number === other && this.pbx.legs.has(id))
    )
  }

  // What the PBX tells them.

  rings(): void {}

  ringsOutside(number: string, leg: LegId): void {
    this.numbers.set(leg, number)
    void (this.waits.get(number) ?? Promise.resolve()).then(() => this.pbx.pickUp(leg))
  }

  hears(leg: LegId, prompts: readonly Prompt[]): void {
    const attempt = this.attempts.get(leg)
    if (attempt === undefined) return
    if (prompts.includes('mask-offer')) {
      this.offers++
      void (attempt.until ?? Promise.resolve()).then(() => this.keys(leg, '1'))
    } else if (prompts.includes('mask-key-short-number')) this.keys(leg, `${attempt.short}#`)
    else if (prompts.includes('mask-key-pin')) {
      if (attempt.pin === null || attempt.pinAsked) this.pbx.hangUp(leg)
      else this.keys(leg, attempt.pin)
      attempt.pinAsked = true
    }
  }

  connected(legs: readonly LegId[]): void {
    this.happened({ legs, connected: true, at: this.ledger.moment() })
  }

  cleared(leg: LegId): void {
    this.happened({ legs: [leg], connected: false, at: this.ledger.moment() })
  }

  private attempt(leg: LegId, caller: string, aim: Aim): Attempt {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const late = setTimeout(() => reject(new Error(`nothing became of a call by ${caller}`)), LIMIT_MS)
    const over = () => {
      clearTimeout(late)
      resolve()
    }
    const began = this.ledger.moment()
    const attempt: Attempt = { ...aim, leg, caller, began, pinAsked: false, with: null, done: promise, over }
    // Until then nothing can have come of it.
    void aim.until?.then(() => {
      attempt.began = this.ledger.moment()
    })
    return attempt
  }

  private happened(event: Happened): void {
    const { legs, connected, at } = event
    const attempt = legs
      .map(leg => this.attempts.get(leg) ?? this.askedBy(leg))
      .find(found => found !== undefined)
    if (attempt === undefined) return void this.unclaimed.push(event)
    const other = legs.slice(1).map(leg => this.numbers.get(leg))[0]
    if (connected && other !== undefined) {
      attempt.with = other
      const pair = { caller: attempt.caller, called: other }
      const keyed = attempt.pinAsked ? attempt.pin : null
      if (!this.ledger.allows(pair, attempt.short, keyed, attempt.began, at)) {
        this.breaches.push(`${pair.caller || 'withheld'} was put through to ${other} by ${attempt.short}`)
      }
    }
    attempt.over()
  }

  private askedBy(leg: LegId): Attempt | undefined {
    return [...this.asked].find(([call]) => leg.startsWith(call))?.[1]
  }

  /** One key after another, as a hand does. */
  private keys(leg: LegId, digits: string): void {
    const [digit, ...more] = digits
    if (digit === undefined) return
    this.pbx.press(leg, digit as Digit)
    // Longer than the PBX takes to tell of a key: they come in this order on a busy machine as well.
    setTimeout(() => this.keys(leg, more.join('')), KEY_EVERY_MS)
  }
}
