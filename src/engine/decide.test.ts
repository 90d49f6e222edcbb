import { expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { RULES } from '../../tests/support/center.ts'
import { LiveCenter } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import { recover } from './recover.ts'

test('an event that the core cannot digest is named and passed over; what comes after it counts', () => {
  const poison = { type: 'queues-configured', at: 1 } as unknown as CenterEvent
  const agent = { staff: asId<never>('s'), number: asId<never>('1001'), name: '', skills: {} }
  const after: CenterEvent = { type: 'seat-signed-in', at: 2, seat: asId('1001'), agent, phone: 'sip' }
  const content = {
    snapshot: new LiveCenter().snapshot(),
    events: [poison, after].map((event, index) => ({ sequence: index + 1, event })),
  }
  const undigested: string[] = []
  const center = recover(content, RULES, 0, { accept() {} }, event => undigested.push(event.type))
  expect(undigested).toEqual(['queues-configured'])
  expect(center.seats.get(asId('1001'))?.state.name).toBe('not-ready')
})
