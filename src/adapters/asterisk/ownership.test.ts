import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { testMatrix } from '../../../tests/support/matrix.ts'
import { type Claimant, look, ownerOf, STALE_LOOKS, type Standing } from './ownership.ts'

const ME: Claimant = { journal: 'j1', run: 'r2', label: 'here:1' }
const MINE = 'j1/r2/here:1/7'
const OTHERS = 'j9/r9/there:9/4'

const STANDINGS: Record<string, Standing> = {
  new: { name: 'new' },
  claiming: { name: 'claiming', wrote: MINE },
  owner: { name: 'owner', count: 7, unanswered: 0 },
  'owner-unheard': { name: 'owner', count: 7, unanswered: 2 },
  'in-doubt': { name: 'in-doubt', count: 7 },
  'stand-by': { name: 'stand-by', seen: OTHERS, unchanged: 0 },
  'long-by': { name: 'stand-by', seen: OTHERS, unchanged: STALE_LOOKS - 1 },
}

const LEASES: Record<string, string | null> = {
  silent: null,
  empty: '',
  mine: MINE,
  'earlier-run': 'j1/r1/here:1/50',
  others: OTHERS,
  'others-new': 'j9/r9/there:9/5',
}

testMatrix(
  `
  standing       silent    empty     mine      earlier-run  others    others-new
  new            new       claiming! owner!    owner!       stand-by  stand-by
  claiming       claiming  claiming! owner!    stand-by     stand-by  stand-by
  owner          owner     owner!    owner!    stand-by     stand-by  stand-by
  owner-unheard  in-doubt  owner!    owner!    stand-by     stand-by  stand-by
  in-doubt       in-doubt  claiming! owner!    stand-by     stand-by  stand-by
  stand-by       stand-by  stand-by  stand-by  stand-by     stand-by  stand-by
  long-by        stand-by  stand-by  stand-by  stand-by     claiming! stand-by
  `,
  STANDINGS,
  LEASES,
  ({ state, signal, says }) => {
    const { next, write } = look(ME, state, signal)
    // With `!` the lease is written.
    expect(`${next.name}${write === null ? '' : '!'}`).toBe(says)
  },
)

test('every renewal differs from the one before, so that the lease is seen to live', () => {
  const first = look(ME, { name: 'owner', count: 7, unanswered: 0 }, MINE)
  const second = look(ME, first.next, first.write)
  expect(second.write).not.toBe(first.write)
})

test('a stand-by starts counting anew whenever the lease changes or the PBX is silent', () => {
  const almost: Standing = { name: 'stand-by', seen: OTHERS, unchanged: STALE_LOOKS - 2 }
  expect(look(ME, almost, null).next).toMatchObject({ unchanged: 0 })
  expect(look(ME, almost, `${OTHERS}1`).next).toMatchObject({ unchanged: 0 })
  expect(look(ME, almost, OTHERS).next).toMatchObject({ unchanged: STALE_LOOKS - 1 })
})

test('the owner has a name for people', () => {
  expect(ownerOf(OTHERS)).toBe('there:9 (journal j9)')
  expect(ownerOf('')).toBe('nobody yet')
})

interface Player {
  readonly me: Claimant
  standing: Standing
  /** From reading to having written. */
  readonly lagMs: number
  alive: boolean
}

/** Services on one variable in virtual time: each looks, writes a little later, and looks again. */
class Table {
  private lease = ''
  private now = 0
  private readonly agenda: { readonly at: number; readonly run: () => void }[] = []
  private readonly players: Player[] = []
  /** The most who were sure at one instant of owning it. */
  mostOwners = 0

  join(me: Claimant, lagMs: number, at: number): Player {
    const player: Player = { me, standing: { name: 'new' }, lagMs, alive: true }
    this.players.push(player)
    this.at(at, () => this.turn(player))
    return player
  }

  at(at: number, run: () => void): void {
    this.agenda.push({ at, run })
  }

  runUntil(end: number): void {
    for (;;) {
      this.agenda.sort((a, b) => a.at - b.at)
      const [next] = this.agenda
      if (next === undefined || next.at > end) return
      this.agenda.shift()
      this.now = next.at
      next.run()
      this.mostOwners = Math.max(this.mostOwners, this.owners().length)
    }
  }

  owners(): readonly Player[] {
    return this.players.filter(({ alive, standing }) => alive && standing.name === 'owner')
  }

  private turn(player: Player): void {
    if (!player.alive) return
    const { next, write, afterMs } = look(player.me, player.standing, this.lease)
    this.at(this.now + player.lagMs, () => {
      if (!player.alive) return
      if (write !== null) this.lease = write
      player.standing = next
      this.at(this.now + afterMs, () => this.turn(player))
    })
  }
}

describe('several services on one PBX', () => {
  const claimant = (name: string, run = name): Claimant => ({ journal: name, run, label: name })

  it('never two own it, and in the end one does, whoever comes and dies when', () => {
    const service = fc.record({
      lagMs: fc.integer({ min: 0, max: 100 }),
      at: fc.integer({ min: 0, max: 40_000 }),
      diesAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
    })
    const stays = { lagMs: 1, at: 0, diesAfterMs: null }
    fc.assert(
      fc.property(fc.array(service, { maxLength: 4 }), others => {
        const table = new Table()
        for (const [i, { lagMs, at, diesAfterMs }] of [...others, stays].entries()) {
          const player = table.join(claimant(`s${i}`), lagMs, at)
          if (diesAfterMs === null) continue
          table.at(at + diesAfterMs, () => {
            player.alive = false
          })
        }
        table.runUntil(150_000)
        expect(table.mostOwners).toBe(1)
        expect(table.owners()).toHaveLength(1)
      }),
    )
  })

  it('the killed owner that comes back goes on at once; one that waits meanwhile does not get it', () => {
    const table = new Table()
    const owner = table.join(claimant('a', 'a1'), 5, 0)
    const waiting = table.join(claimant('b'), 5, 5_000)
    table.at(60_000, () => {
      owner.alive = false
    })
    const back = table.join(claimant('a', 'a2'), 5, 62_000)
    table.runUntil(62_010)
    expect(table.owners()).toEqual([back])
    table.runUntil(200_000)
    expect(table.owners()).toEqual([back])
    expect(waiting.standing.name).toBe('stand-by')
  })

  it('an owner killed for good is followed within 20 s, and comes back as stand-by', () => {
    const table = new Table()
    const owner = table.join(claimant('a', 'a1'), 5, 0)
    const waiting = table.join(claimant('b'), 5, 5_000)
    table.at(60_000, () => {
      owner.alive = false
    })
    table.runUntil(80_000)
    expect(table.owners()).toEqual([waiting])
    const back = table.join(claimant('a', 'a2'), 5, 90_000)
    table.runUntil(200_000)
    expect(table.owners()).toEqual([waiting])
    expect(back.standing.name).toBe('stand-by')
  })

  it('a copied journal is no second owner: the newer run has it', () => {
    const table = new Table()
    const first = table.join(claimant('a', 'a1'), 5, 0)
    const copy = table.join(claimant('a', 'a2'), 5, 30_000)
    table.runUntil(34_000)
    expect(table.owners()).toEqual([copy])
    table.runUntil(200_000)
    expect(table.owners()).toEqual([copy])
    expect(first.standing.name).toBe('stand-by')
  })
})
