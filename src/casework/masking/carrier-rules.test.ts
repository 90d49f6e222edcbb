import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/time.ts'
import { type CarrierStanding, type CarrierStep, nextStep, waitAfter } from './carrier-rules.ts'

const AT = Date.parse('2026-12-01T08:00:00+08:00')
const UNTIL = AT + HOUR_MS
const NEW: CarrierStanding = {
  state: 'binding',
  subsId: null,
  unsure: false,
  wantedUntil: UNTIL,
  wantedUnit: '0898123',
  toldUntil: null,
  toldUnit: null,
}
const BOUND: CarrierStanding = {
  ...NEW,
  state: 'bound',
  subsId: '1',
  toldUntil: UNTIL,
  toldUnit: NEW.wantedUnit,
}

describe('the next step', () => {
  test.each<[string, CarrierStanding, CarrierStep]>([
    ['nothing was asked', NEW, 'bind'],
    ['the answer was lost', { ...NEW, unsure: true, toldUntil: UNTIL }, 'find'],
    ['all is as it should be', BOUND, 'none'],
    ['it lasts longer now', { ...BOUND, wantedUntil: UNTIL + HOUR_MS }, 'extend'],
    ['another telephone', { ...BOUND, wantedUnit: '0898456' }, 'move'],
    ['longer and another telephone', { ...BOUND, wantedUntil: UNTIL + 1, wantedUnit: '0898456' }, 'extend'],
    ['ended', { ...BOUND, state: 'ending' }, 'unbind'],
    ['ended, with changes that were not told', { ...BOUND, state: 'ending', wantedUnit: '2' }, 'unbind'],
    ['ended before it was bound', { ...NEW, state: 'ending' }, 'close'],
    [
      'ended while the answer to binding was lost',
      { ...NEW, state: 'ending', unsure: true, toldUntil: UNTIL },
      'find',
    ],
    ['the carrier surprised us', { ...BOUND, unsure: true }, 'find'],
    ['too short to be bound at all', { ...NEW, wantedUntil: AT + MINUTE_MS }, 'close'],
    ['over', { ...BOUND, wantedUntil: AT, toldUntil: AT }, 'close'],
    [
      'cut short, but the carrier has it until then',
      { ...BOUND, state: 'ending', wantedUntil: AT - 1 },
      'unbind',
    ],
    ['over while unsure: the carrier has forgotten it', { ...NEW, unsure: true, wantedUntil: AT }, 'close'],
    ['gone', { ...BOUND, state: 'gone', unsure: true }, 'none'],
    ['failed', { ...NEW, state: 'failed' }, 'none'],
  ])('%s', (_, standing, step) => expect(nextStep(standing, AT)).toBe(step))
})

test('each wait is longer than the one before, up to an hour', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(waitAfter)
  expect(waits[0]).toBe(2 * SECOND_MS)
  expect(waits.at(-1)).toBe(HOUR_MS)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
})
