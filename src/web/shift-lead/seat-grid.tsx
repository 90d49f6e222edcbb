import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { FloorSeat } from '../../floor/supervision/schema.ts'
import { css } from '../kit/css.ts'
import { SeatTile } from './seat-tile.tsx'
import styles from './seats.module.css'
import { tileAfter, tileSizeFor } from './seats-shown.ts'

interface Props {
  readonly seats: readonly FloorSeat[]
  readonly alarmed: ReadonlySet<string>
  readonly chosen: string | null
  readonly onOpen: (number: string) => void
}

/** The room as tiles, as large as lets all be seen at once. Arrow keys go from tile to tile. */
export function SeatGrid({ seats, alarmed, chosen, onOpen }: Props) {
  const grid = useRef<HTMLFieldSetElement>(null)
  const room = useRoom(grid)
  const size = tileSizeFor(seats.length, room)
  return (
    <fieldset
      ref={grid}
      className={css(styles.grid, styles[size])}
      onKeyDown={moveFocus}
      data-testid="floor-grid"
      data-size={size}
    >
      {seats.map(seat => (
        <SeatTile
          key={seat.number}
          seat={seat}
          alarmed={alarmed.has(seat.number)}
          chosen={seat.number === chosen}
          onOpen={onOpen}
        />
      ))}
    </fieldset>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll('button')]
  const from = tiles.findIndex(tile => tile.matches(':focus'))
  if (from === -1) return
  const columns = tiles.filter(tile => tile.offsetTop === tiles[0]?.offsetTop).length
  const to = tileAfter(event.key, from, tiles.length, columns)
  if (to === null) return
  event.preventDefault()
  tiles[to]?.focus()
}

function useRoom(element: { readonly current: HTMLElement | null }) {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setRoom({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return room
}
