import { expect, test } from 'vitest'
import { asId, type BindingId, type ShortNumber } from '#kernel/ids.ts'
import { BindingBook, type Known } from './book.ts'

const SHORT = asId<ShortNumber>('95000')
const known = (id: string, change: Partial<Known> = {}): Known => ({
  ...{
    id: asId<BindingId>(id),
    order: asId('order'),
    unit: asId('quay'),
    short: SHORT,
    citizen: '13907551234',
  },
  ...{ pinDigest: null, direction: 'both', validFrom: 1_000, validUntil: 9_000, endedAt: null },
  ...{ restsUntil: 9_500, mostCallsADay: 10, mostTalkMs: 60_000, records: true, ...change },
})

test.each([
  ['the later one', known('old', { validUntil: 2_000 }), known('new', { validFrom: 3_000 })],
  ['of two of one instant the one that was not ended', known('old', { endedAt: 1_000 }), known('new')],
  ['what is known of it last', known('new', { validUntil: 4_000 }), known('new')],
])('a short number is that of %s, in whatever order they are read', (_, before, after) => {
  for (const order of before.id === after.id
    ? [[before, after]]
    : [
        [before, after],
        [after, before],
      ]) {
    const book = new BindingBook()
    for (const one of order) book.add(one)
    expect(book.of(SHORT)).toEqual(after)
    expect(book.ofCitizen('13907551234')).toEqual([after])
  }
})

test('an end that is read later is known', () => {
  const book = new BindingBook()
  book.add(known('one'))
  book.add(known('one', { endedAt: 5_000 }))
  expect(book.of(SHORT)?.endedAt).toBe(5_000)
})
