import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { RULES } from '../../tests/support/center.ts'
import type { Call } from './call/call.ts'
import { LiveCenter } from './center.ts'
import type { CenterEvent } from './events.ts'
import { handle } from './handle.ts'
import { brokenInvariants } from './invariants.ts'

const LINE = { number: asId<never>('12345'), name: '', queue: asId<never>('general'), greets: false }

/** One caller waiting behind one seat that talks. */
function floor(): LiveCenter {
  const center = new LiveCenter()
  const happen = (event: CenterEvent) => center.commit(handle(center, event, RULES))
  const seat = asId<never>('1001')
  happen({
    type: 'pbx-surveyed',
    at: 0,
    askedAt: 0,
    reconnected: true,
    pbxStartedAt: 0,
    legs: [],
    bridges: [],
  })
  happen({
    type: 'seat-signed-in',
    at: 0,
    seat,
    phone: 'sip',
    agent: { staff: asId('s'), number: asId('1001'), name: '', skills: {} },
  })
  happen({ type: 'phone-changed', at: 0, seat, registered: true })
  happen({ type: 'desk-changed', at: 0, seat, connected: true })
  happen({ type: 'ready-requested', at: 0, seat })
  for (const name of ['a', 'b']) {
    happen({
      type: 'call-arrived',
      at: 1,
      call: asId(name),
      leg: asId(`${name}-leg`),
      caller: '',
      dialled: '12345',
      line: LINE,
      refusal: null,
      menu: null,
      draft: asId(name),
    })
  }
  return center
}

function mutated(change: (center: LiveCenter) => void): string[] {
  const center = floor()
  change(center)
  return brokenInvariants(center)
}

function the(center: LiveCenter, name: string): Call {
  const call = center.calls.get(asId(name))
  if (call === undefined) throw new Error(name)
  return call
}

describe('the rules of the floor can be broken, and then are named', () => {
  test('a floor that the core made keeps them', () => {
    const center = floor()
    expect(brokenInvariants(center)).toEqual([])
    expect(the(center, 'a').state.name).toBe('offered')
    expect(the(center, 'b').state.name).toBe('queued')
  })

  test('a caller who waits nowhere, twice, or elsewhere', () => {
    expect(mutated(center => center.waiting.clear())).toEqual(['call b waits nowhere'])
    expect(mutated(center => center.waiting.set(asId('general'), [asId('b'), asId('b')]))).toContain(
      'call b waits twice',
    )
    expect(mutated(center => center.waiting.set(asId('general'), [asId('a'), asId('b')]))).toContain(
      'call a waits in general but is offered',
    )
  })

  test('a seat with a call that is not with it', () => {
    const problems = mutated(center => {
      const seat = center.seats.get(asId('1001'))
      if (seat === undefined || !('call' in seat.state)) throw new Error('no seat')
      center.seats.set(seat.number, { ...seat, state: { ...seat.state, call: asId('b') } })
    })
    expect(problems).toContain('seat 1001 is reserved with a call that is not with it')
  })

  test('a leg that nobody knows', () => {
    expect(mutated(center => center.legs.delete(asId('b-leg')))).toContain(
      "leg b-leg is not known as its citizen's",
    )
    expect(mutated(center => center.legs.set(asId('x'), { is: 'citizen', call: asId('b') }))).toEqual([
      '4 legs are known, 3 are in use',
    ])
  })
})
