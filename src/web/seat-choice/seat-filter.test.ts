import { describe, expect, it } from 'vitest'
import type { SeatRow } from '../../floor/seats/schema.ts'
import { chosenSeat, matchingSeats } from './seat-filter.ts'

function seat(number: string, agentName: string | null = null): SeatRow {
  return {
    number,
    state: agentName === null ? 'signed-out' : 'ready',
    reason: null,
    since: '2026-11-21T10:00:00.000Z',
    agentName,
    agentNumber: agentName === null ? null : `9${number}`,
    registered: false,
    deskConnected: false,
  }
}
const ROOM = [seat('1001'), seat('1002', '李建国'), seat('1003')]
const numbers = (seats: readonly SeatRow[]) => seats.map(({ number }) => number)

describe('seats shown', () => {
  it('are found by number, name and agent number', () => {
    expect(numbers(matchingSeats(ROOM, '1003', 'all'))).toEqual(['1003'])
    expect(numbers(matchingSeats(ROOM, ' 李 ', 'all'))).toEqual(['1002'])
    expect(numbers(matchingSeats(ROOM, '91002', 'all'))).toEqual(['1002'])
  })

  it('are free or taken as asked', () => {
    expect(numbers(matchingSeats(ROOM, '', 'free'))).toEqual(['1001', '1003'])
    expect(numbers(matchingSeats(ROOM, '', 'taken'))).toEqual(['1002'])
    expect(matchingSeats(ROOM, '', 'all')).toHaveLength(3)
  })
})

describe('the seat that Enter takes', () => {
  it('is the picked one while it is shown and free', () => {
    expect(chosenSeat(ROOM, '1001')).toBe('1001')
    expect(chosenSeat(ROOM, '1002')).toBeNull()
    expect(chosenSeat(matchingSeats(ROOM, '', 'taken'), '1001')).toBeNull()
  })

  it('is the only free one a search leaves', () => {
    expect(chosenSeat(matchingSeats(ROOM, '1003', 'all'), '1001')).toBe('1003')
    expect(chosenSeat(ROOM, null)).toBeNull()
  })
})
