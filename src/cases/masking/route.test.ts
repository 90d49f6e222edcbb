import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId, type BindingId, type ShortNumber, type UnitId, type WorkOrderId } from '#kernel/ids.ts'
import { testMatrix } from '../../../tests/support/matrix.ts'
import { type Binding, MASK_DIRECTIONS } from './binding.ts'
import { MASK_REFUSALS, type MaskCaller, type MaskRouting, routeFrom, routeOf } from './route.ts'

const AT = Date.UTC(2026, 11, 1, 2)
const [CITIZEN, UNIT, MOBILE, STRANGER] = ['13907551234', '089812500001', '13900000001', '13700000001']

const BINDING: Binding = {
  id: asId<BindingId>('binding'),
  order: asId<WorkOrderId>('order'),
  unit: asId<UnitId>('quay'),
  short: asId<ShortNumber>('95000'),
  citizen: CITIZEN,
  unitNumbers: [UNIT, MOBILE],
  unitAnswersAt: UNIT,
  hasPin: false,
  direction: 'both',
  validFrom: AT - 1_000,
  validUntil: AT + 1_000,
  endedAt: null,
  mostCallsADay: 3,
  mostTalkMs: 600_000,
  records: true,
}
const from = (number: string, pin: MaskCaller['pin'] = 'none'): MaskCaller => ({ number, pin })

/** `unit` and `citizen`: put through, from that side. */
function said(routing: MaskRouting): string {
  if (routing.kind === 'route') return routing.from
  return routing.kind === 'refuse' ? routing.why.slice('mask-'.length) : routing.kind
}

testMatrix<Binding | null, MaskCaller>(
  `
  binding    citizen       unit          colleague     stranger        withheld        right-pin      wrong-pin
  none       unbound       unbound       unbound       unbound         unbound         unbound        unbound
  early      unbound       unbound       unbound       unbound         unbound         unbound        unbound
  expired    expired       expired       expired       expired         expired         expired        expired
  ended      expired       expired       expired       expired         expired         expired        expired
  open       citizen       unit          unit          not-registered  not-registered  not-registered not-registered
  with-pin   citizen       unit          unit          ask-pin         ask-pin         unit           wrong-pin
  outward    direction     unit          unit          ask-pin         ask-pin         unit           wrong-pin
  inward     citizen       direction     direction     not-registered  not-registered  direction      not-registered
  nobody     nobody        unit          unit          ask-pin         ask-pin         unit           wrong-pin
  shared     own-number    unit          unit          ask-pin         ask-pin         unit           wrong-pin
  `,
  {
    none: null,
    early: { ...BINDING, validFrom: AT + 1 },
    expired: { ...BINDING, validUntil: AT },
    ended: { ...BINDING, endedAt: AT },
    open: BINDING,
    'with-pin': { ...BINDING, hasPin: true },
    outward: { ...BINDING, hasPin: true, direction: 'to-citizen' },
    inward: { ...BINDING, hasPin: true, direction: 'to-unit' },
    nobody: { ...BINDING, hasPin: true, unitAnswersAt: null },
    /** The citizen answers for the unit as well. */
    shared: { ...BINDING, hasPin: true, unitNumbers: [UNIT, MOBILE, CITIZEN], unitAnswersAt: CITIZEN },
  },
  {
    citizen: from(CITIZEN),
    unit: from(UNIT),
    colleague: from(MOBILE),
    stranger: from(STRANGER),
    withheld: from(''),
    'right-pin': from(STRANGER, 'right'),
    'wrong-pin': from(STRANGER, 'wrong'),
  },
  ({ state, signal, says }) => expect(said(routeOf(state, signal, 0, AT))).toBe(says),
)

describe('whoever is put through', () => {
  test('speaks with the other side', () => {
    expect(routeOf(BINDING, from(CITIZEN), 0, AT)).toMatchObject({ from: 'citizen', number: UNIT })
    expect(routeOf(BINDING, from(UNIT), 0, AT)).toMatchObject({ from: 'unit', number: CITIZEN })
  })

  test('is so as often a day as the binding allows, from either side', () => {
    for (const caller of [CITIZEN, UNIT]) {
      expect(said(routeOf(BINDING, from(caller), 2, AT))).not.toBe('too-many')
      expect(said(routeOf(BINDING, from(caller), 3, AT))).toBe('too-many')
    }
  })

  test('never speaks with the own telephone', () => {
    expect(said(routeFrom(BINDING, 'unit', CITIZEN, 0))).toBe('own-number')
    expect(said(routeFrom(BINDING, 'citizen', UNIT, 0))).toBe('own-number')
  })
})

const number = fc.constantFrom(CITIZEN, UNIT, MOBILE, STRANGER, '', '13100000000')
const bindings = fc.record({
  citizen: fc.constantFrom(CITIZEN, UNIT, STRANGER),
  unitNumbers: fc.uniqueArray(fc.constantFrom(UNIT, MOBILE, CITIZEN)),
  unitAnswersAt: fc.constantFrom(UNIT, MOBILE, CITIZEN, null),
  hasPin: fc.boolean(),
  direction: fc.constantFrom(...MASK_DIRECTIONS),
  validFrom: fc.integer({ min: AT - 5, max: AT + 5 }),
  validUntil: fc.integer({ min: AT - 5, max: AT + 5 }),
  endedAt: fc.option(fc.integer({ min: AT - 5, max: AT + 5 })),
  mostCallsADay: fc.integer({ min: 1, max: 3 }),
})

test('nobody is ever connected with somebody whom the binding does not tie them to, and no call is in doubt', () => {
  fc.assert(
    fc.property(
      bindings,
      number,
      fc.constantFrom<MaskCaller['pin']>('none', 'right', 'wrong'),
      fc.integer({ min: 0, max: 4 }),
      (change, caller, pin, calls) => {
        const binding = { ...BINDING, ...change }
        const routing = routeOf(binding, { number: caller, pin }, calls, AT)
        // The same question has the same answer.
        expect(routeOf(binding, { number: caller, pin }, calls, AT)).toEqual(routing)
        if (routing.kind === 'refuse') {
          expect(MASK_REFUSALS).toContain(routing.why)
          return
        }
        expect(AT >= binding.validFrom && AT < binding.validUntil).toBe(true)
        expect(binding.endedAt === null || AT < binding.endedAt).toBe(true)
        if (routing.kind === 'ask-pin') {
          expect(pin).toBe('none')
          expect([binding.citizen, ...binding.unitNumbers]).not.toContain(caller || 'withheld')
          return
        }
        expect(calls).toBeLessThan(binding.mostCallsADay)
        expect(routing.number).not.toBe(caller)
        if (routing.from === 'citizen') {
          expect(caller).toBe(binding.citizen)
          expect(routing.number).toBe(binding.unitAnswersAt)
          expect(binding.direction).not.toBe('to-citizen')
        } else {
          expect(binding.unitNumbers.includes(caller) || (pin === 'right' && binding.hasPin)).toBe(true)
          expect(routing.number).toBe(binding.citizen)
          expect(binding.direction).not.toBe('to-unit')
        }
      },
    ),
    { numRuns: 5_000 },
  )
})
