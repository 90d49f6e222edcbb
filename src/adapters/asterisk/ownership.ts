import type { Clock } from '../../engine/ports.ts'
import type { AriRest } from './ari-rest.ts'

/**
 * Which of several services acts on a PBX. The owner's lease is a global variable in Asterisk itself, rewritten
 * every few seconds; one that does not change for a while is stale. Nobody's clock is compared with another's:
 * looks are counted.
 *
 *   new ──▶ claiming ──▶ owner ◀──▶ in-doubt
 *    │         │  ▲        │           │
 *    │         ▼  │        │           │
 *    └───────▶ stand-by ◀──┴───────────┘
 *
 * `claiming`: written and not yet read again; of two who write at once the later has it. `in-doubt`: was the owner,
 * but the PBX did not answer several times or gave the application to another socket.
 */
export type Standing =
  | { readonly name: 'new' }
  | { readonly name: 'claiming'; readonly wrote: string }
  | { readonly name: 'owner'; readonly count: number; readonly unanswered: number }
  | { readonly name: 'in-doubt'; readonly count: number }
  | { readonly name: 'stand-by'; readonly seen: string; readonly unchanged: number }

/** One run of one service. None of the names holds a slash. */
export interface Claimant {
  /** The journal: what this service remembers of the calls. It outlives the process. */
  readonly journal: string
  /** Drawn by each process: a copied journal is not the same owner twice. */
  readonly run: string
  /** For people: machine and process. */
  readonly label: string
}

export interface Look {
  readonly next: Standing
  /** The lease to be written now. */
  readonly write: string | null
  /** Until the next look. */
  readonly afterMs: number
}

const RENEW_EVERY_MS = 3_000
const LOOK_EVERY_MS = 1_000
/** Longer than a reading and a writing take, so that two who claim in one instant read the same afterwards. */
const SETTLE_MS = 300
/** A lease unchanged for so many looks, a second each, is stale. */
export const STALE_LOOKS = 15
/** An owner that could not look so often is not sure any more; well before others find its lease stale. */
const MOST_UNANSWERED = 3

/**
 * @param lease what stands in Asterisk: empty when nobody has written since it started, null when it does not answer
 */
export function look(me: Claimant, standing: Standing, lease: string | null): Look {
  switch (standing.name) {
    case 'new':
      if (lease === null) return rest(standing)
      if (lease === '') return claim(me)
      // The process before this one ended; its calls are in our journal, so nobody is nearer to them.
      return lease.startsWith(`${me.journal}/`) ? own(me, 0) : standBy(lease)
    case 'claiming':
      if (lease === null) return rest(standing)
      if (lease === '') return claim(me)
      return lease === standing.wrote ? own(me, 1) : standBy(lease)
    case 'owner':
      if (lease === null) return unanswered(standing)
      // Empty: Asterisk was started anew.
      return lease === '' || isMine(me, lease) ? own(me, standing.count) : standBy(lease)
    case 'in-doubt':
      if (lease === null) return rest(standing)
      if (lease === '') return claim(me)
      return isMine(me, lease) ? own(me, standing.count) : standBy(lease)
    case 'stand-by':
      if (lease === null || lease !== standing.seen) return standBy(lease ?? standing.seen)
      if (standing.unchanged + 1 >= STALE_LOOKS) return claim(me)
      return rest({ ...standing, unchanged: standing.unchanged + 1 })
  }
}

/** The label of a lease's owner, for people. */
export function ownerOf(lease: string): string {
  const [journal = '', , label = ''] = lease.split('/')
  return lease === '' ? 'nobody yet' : `${label} (journal ${journal})`
}

function own(me: Claimant, count: number): Look {
  const next = count + 1
  return {
    next: { name: 'owner', count: next, unanswered: 0 },
    write: leaseOf(me, next),
    afterMs: RENEW_EVERY_MS,
  }
}

function claim(me: Claimant): Look {
  const wrote = leaseOf(me, 1)
  return { next: { name: 'claiming', wrote }, write: wrote, afterMs: SETTLE_MS }
}

function standBy(lease: string): Look {
  return rest({ name: 'stand-by', seen: lease, unchanged: 0 })
}

function unanswered({ count, unanswered }: Extract<Standing, { name: 'owner' }>): Look {
  if (unanswered + 1 >= MOST_UNANSWERED) return rest({ name: 'in-doubt', count })
  return rest({ name: 'owner', count, unanswered: unanswered + 1 })
}

function rest(next: Standing): Look {
  return { next, write: null, afterMs: LOOK_EVERY_MS }
}

function leaseOf({ journal, run, label }: Claimant, count: number): string {
  return `${journal}/${run}/${label}/${count}`
}

function isMine({ journal, run }: Claimant, lease: string): boolean {
  return lease.startsWith(`${journal}/${run}/`)
}

/** The variable in Asterisk. Both reject when it does not answer. */
export interface LeaseVariable {
  read(): Promise<string>
  write(lease: string): Promise<void>
}

export interface OwnershipListener {
  /** From now on this service acts on the PBX. */
  owned(): void
  /** It must not act any more. */
  lost(): void
  /** Another owns it: told once for each. */
  standsBy(owner: string): void
  /** The PBX does not answer, and why. */
  unanswered(reason: string): void
}

/** Looks at the lease again and again, and keeps it when it is ours. */
export class Ownership {
  private readonly me: Claimant
  private readonly variable: LeaseVariable
  private readonly clock: Clock
  private readonly listener: OwnershipListener
  private standing: Standing = { name: 'new' }
  private cancelTimer = () => {}
  private looking = false
  private ended = false

  constructor(me: Claimant, variable: LeaseVariable, clock: Clock, listener: OwnershipListener) {
    this.me = me
    this.variable = variable
    this.clock = clock
    this.listener = listener
  }

  /** Who owns the PBX instead of this service; null when it does itself, or does not know. */
  get otherOwner(): string | null {
    return this.standing.name === 'stand-by' ? ownerOf(this.standing.seen) : null
  }

  /** Begins, or looks before it is time. */
  async look(): Promise<void> {
    if (this.looking || this.ended) return
    this.looking = true
    this.cancelTimer()
    const afterMs = await this.lookOnce()
    this.looking = false
    this.lookLater(afterMs)
  }

  /** Another socket has the application: that of an owner, who wrote a lease, or of somebody who knows of none. */
  doubt(): void {
    if (this.standing.name !== 'owner') return
    this.become({ name: 'in-doubt', count: this.standing.count })
    this.lookLater(LOOK_EVERY_MS)
  }

  close(): void {
    this.ended = true
    this.cancelTimer()
  }

  private async lookOnce(): Promise<number> {
    const lease = await this.read()
    const before = this.standing
    const { next, write, afterMs } = look(this.me, before, lease)
    if (this.ended) return afterMs
    // A writing that fails is found by the next look.
    if (write !== null) await this.variable.write(write).catch(() => {})
    if (!this.ended && this.standing === before) this.become(next)
    return afterMs
  }

  private async read(): Promise<string | null> {
    try {
      return await this.variable.read()
    } catch (problem) {
      this.listener.unanswered(problem instanceof Error ? problem.message : String(problem))
      return null
    }
  }

  private lookLater(afterMs: number): void {
    this.cancelTimer()
    if (!this.ended) this.cancelTimer = this.clock.after(afterMs, () => void this.look())
  }

  private become(next: Standing): void {
    const before = this.standing
    this.standing = next
    if (next.name === 'owner' && before.name !== 'owner') this.listener.owned()
    if (next.name !== 'owner' && before.name === 'owner') this.listener.lost()
    if (next.name !== 'stand-by') return
    const owner = ownerOf(next.seen)
    if (before.name !== 'stand-by' || ownerOf(before.seen) !== owner) this.listener.standsBy(owner)
  }
}

/** A global variable of Asterisk; it ends with Asterisk. */
export function ownerVariable(rest: AriRest): LeaseVariable {
  const variable = 'HOTLINE_OWNER'
  return {
    async read() {
      const reply = await rest.run(ari => ari.asterisk.getGlobalVar({ variable }))
      if (!reply.ok) throw new Error(reply.detail)
      return reply.value.value
    },
    async write(value) {
      const reply = await rest.run(ari => ari.asterisk.setGlobalVar({ variable, value }))
      if (!reply.ok) throw new Error(reply.detail)
    },
  }
}
