import type { SeatRow } from '../../floor/seats/schema.ts'

export type Occupancy = 'all' | 'free' | 'taken'

export function isFree(seat: SeatRow): boolean {
  return seat.state === 'signed-out'
}

/** Seats whose number, agent's name or 工号 contains `search`, and that are free or taken as asked. */
export function matchingSeats(
  seats: readonly SeatRow[],
  search: string,
  occupancy: Occupancy,
): readonly SeatRow[] {
  const wanted = search.trim().toLowerCase()
  return seats.filter(seat => {
    if (occupancy !== 'all' && isFree(seat) !== (occupancy === 'free')) return false
    const texts = [seat.number, seat.agentName ?? '', seat.agentNumber ?? '']
    return wanted === '' || texts.some(text => text.toLowerCase().includes(wanted))
  })
}

/**
 * The seat that pressing Enter would take: the one picked, as long as it can be seen and is free; else the only
 * free one left by the search; else none.
 */
export function chosenSeat(shown: readonly SeatRow[], picked: string | null): string | null {
  const free = shown.filter(isFree)
  if (free.some(seat => seat.number === picked)) return picked
  return free.length === 1 && free[0] !== undefined ? free[0].number : null
}
