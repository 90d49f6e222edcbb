import type { FloorSeat } from '../../floor/supervision/schema.ts'

/** In the order of their keys: 0 all, 1 ready … 6 alarmed. */
export const FILTERS = ['all', 'ready', 'incoming', 'talking', 'wrap-up', 'not-ready', 'alarmed'] as const
export type Filter = (typeof FILTERS)[number]

const GROUP: Record<FloorSeat['state'], Filter> = {
  'signed-out': 'not-ready',
  'not-ready': 'not-ready',
  ready: 'ready',
  reserved: 'incoming',
  ringing: 'incoming',
  dialling: 'talking',
  talking: 'talking',
  holding: 'talking',
  consulting: 'talking',
  releasing: 'wrap-up',
  'wrap-up': 'wrap-up',
}

export function passes(seat: FloorSeat, filter: Filter, alarmed: ReadonlySet<string>): boolean {
  if (filter === 'all') return true
  return filter === 'alarmed' ? alarmed.has(seat.number) : GROUP[seat.state] === filter
}

/** Seats whose number, agent, 工号, or caller's number contains `search`, and that pass the filter. */
export function seatsShown(
  seats: readonly FloorSeat[],
  filter: Filter,
  search: string,
  alarmed: ReadonlySet<string>,
): readonly FloorSeat[] {
  const wanted = search.trim().toLowerCase()
  return seats.filter(seat => {
    if (!passes(seat, filter, alarmed)) return false
    const texts = [seat.number, seat.agentName, seat.agentNumber, seat.call?.callerNumber ?? '']
    return wanted === '' || texts.some(text => text.toLowerCase().includes(wanted))
  })
}

/** From large to small: least width, height and gap in pixels; floor.module.css says the same. */
export const TILES = [
  { size: 'large', width: 148, height: 78, gap: 4 },
  { size: 'medium', width: 100, height: 55, gap: 4 },
  { size: 'compact', width: 88, height: 37, gap: 4 },
  { size: 'small', width: 82, height: 30, gap: 2 },
] as const
export type TileSize = (typeof TILES)[number]['size']

/** The largest tile with which all seats are seen at once; the smallest, and scrolling, when none is. */
export function tileSizeFor(
  seats: number,
  room: { readonly width: number; readonly height: number },
): TileSize {
  const fitting = TILES.find(({ width, height, gap }) => {
    const columns = Math.floor((room.width + gap) / (width + gap))
    const rows = Math.floor((room.height + gap) / (height + gap))
    return columns * rows >= seats
  })
  return fitting?.size ?? 'small'
}

/** Where an arrow key leads from the tile at `from`, of `count` tiles in rows of `columns`; null: it is no move. */
export function tileAfter(key: string, from: number, count: number, columns: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined || to < 0 || to >= count ? null : to
}
