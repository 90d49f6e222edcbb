import type { CSSProperties } from 'react'
import type { ShiftView } from '../../people/shifts/schema.ts'

/** By the order of the day: morning, afternoon, night, then whatever else there is. White text has a contrast above 4.5. */
const COLOURS = ['#a85b00', '#0b5cab', '#6345b5', '#0f766e', '#9d2463', '#5d6b7c'] as const

export type ShiftTint = CSSProperties & Record<'--shift', string>

export function shiftTint(shifts: readonly ShiftView[], id: string): ShiftTint {
  const index = shifts.findIndex(shift => shift.id === id)
  return { '--shift': COLOURS[index % COLOURS.length] ?? '#5d6b7c' }
}
