import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { EMPTY_CENTER } from '../../src/contact-center/center.ts'
import { type DayPlan, runDay } from '../../src/sim/day.ts'
import { BAD_DAY, NO_FAULTS } from '../../src/sim/faults.ts'
import { Ledger } from '../../src/sim/ledger.ts'
import { shortestStory, tell } from '../../src/sim/story.ts'

const SHIFT: DayPlan = { seed: 1, hours: 2, seats: 20, calls: 300, faults: NO_FAULTS }

async function expectGood(plan: DayPlan) {
  const report = await runDay(plan)
  if (report.failure === null) return report
  const { failure } = await shortestStory(plan)
  throw new Error(`seed ${plan.seed}\n${tell(failure ?? report.failure)}`)
}

describe('whole shifts', () => {
  test('a good day: every caller is answered, told off, or has left by choice', async () => {
    const { ledger, turnedAway } = await expectGood(SHIFT)
    expect(turnedAway).toBe(0)
    expect(ledger.offered).toBe(ledger.answered + ledger.abandoned + ledger.booked)
    expect(ledger.rated).toBeGreaterThan(0)
    expect(ledger.masked).toBeGreaterThan(0)
    expect(ledger.inbound).toBe(SHIFT.calls)
    expect([...ledger.byReason.keys()].filter(reason => reason.startsWith('our-fault'))).toEqual([])
  })

  test('a peak hour with too few seats: the queue grows, drains, and balances', async () => {
    const { ledger } = await expectGood({ ...SHIFT, seed: 2, hours: 1, seats: 5, calls: 300 })
    expect(ledger.abandoned).toBeGreaterThan(20)
  })

  test('the wait that callers are told is the wait they have: nine in ten within half a minute', async () => {
    const { ledger } = await expectGood({ ...SHIFT, hours: 3, seats: 40, calls: 2_400 })
    const errors = ledger.outlooks.map(({ expectedMs, waitedMs }) => Math.abs(expectedMs - waitedMs))
    errors.sort((a, b) => a - b)
    expect(errors.length).toBeGreaterThan(200)
    expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(30_000)
  })

  test('nobody at work: callers wait, leave, and leave nothing behind', async () => {
    const { ledger } = await expectGood({ ...SHIFT, seed: 3, seats: 0, calls: 60 })
    expect(ledger.answered).toBe(0)
    expect(ledger.abandoned).toBe(ledger.offered)
  })

  test('not one event is ever heard: surveys alone bring callers and seats together', async () => {
    const { ledger } = await expectGood({ ...SHIFT, calls: 40, faults: { ...NO_FAULTS, eventLost: 1 } })
    expect(ledger.answered).toBeGreaterThan(0)
  })

  test('a day that once ended in another floor: replayed over two restarts, and a phone that was never told to stop', async () => {
    await expectGood({ ...SHIFT, seed: 2001, seats: 10, faults: BAD_DAY })
  })

  test('bad days: lost, late and doubled events, refused commands, restarts of everything', async () => {
    for (let seed = 100; seed < 140; seed++) {
      await expectGood({ ...SHIFT, seed, faults: BAD_DAY })
    }
  })
})

describe('the checks can fail', () => {
  const call = asId<never>('call-000000001')
  const note = { fact: 'call-noted', call, at: 1, note: { kind: 'greeted' } } as const
  const closed = {
    fact: 'call-closed',
    call: {
      call,
      arrivedAt: 0,
      queuedAt: 1,
      answeredAt: null,
      bridgedAt: null,
      talkMs: null,
      leg: null,
      endedAt: 2,
      seat: null,
      staff: null,
      offers: 0,
      records: true,
      result: 'abandoned',
      reason: 'left-in-queue',
      endedBy: 'caller',
    },
  } as const

  test('a call that ends twice, or goes on after its end, is noticed', () => {
    const ledger = new Ledger()
    ledger.accept(1, [note, closed])
    ledger.accept(2, [closed, note])
    expect(ledger.problems).toEqual([
      'a note for call call-000000001, never opened',
      'call call-000000001 ended twice',
      'a note for call call-000000001, never opened',
      'call call-000000001: a note after its end',
    ])
  })

  test('a caller who is offered and never accounted for is noticed', () => {
    const ledger = new Ledger()
    const queued = { kind: 'queued', queue: asId<never>('general'), again: false, reason: '' } as const
    ledger.accept(1, [{ ...note, note: queued }])
    expect(ledger.imbalance(EMPTY_CENTER)).toMatch(/^1 offered, but 0/)
    ledger.accept(2, [closed])
    expect(ledger.imbalance(EMPTY_CENTER)).toBeNull()
  })

  test('a failing day is told as a story about the calls that matter', () => {
    const told = tell({
      problems: ['call call-000000002 waits twice'],
      story: [
        { type: 'pbx-lost', at: 0 },
        { type: 'leg-gone', at: 1, leg: 'call-000000001-seat-1' as never, cause: 'normal' },
        { type: 'leg-gone', at: 2, leg: 'call-000000002-seat-1' as never, cause: 'normal' },
      ],
    })
    expect(told).toContain('waits twice')
    expect(told).toContain('call-000000002-seat-1')
    expect(told).not.toContain('call-000000001')
  })
})
