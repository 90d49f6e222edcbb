import type { SkillLevel } from '../../people/skills/schema.ts'

/** Somebody's level by skill, as the matrix holds it. */
export type Levels = Readonly<Record<string, number>>

export function levelsOf(skills: readonly SkillLevel[]): Levels {
  return Object.fromEntries(skills.map(({ skill, level }) => [skill, level]))
}

/** As the service takes it, in a steady order. */
export function skillsOf(levels: Levels): SkillLevel[] {
  return Object.entries(levels)
    .map(([skill, level]) => ({ skill, level }))
    .sort((a, b) => (a.skill < b.skill ? -1 : 1))
}

/** @param level null takes the skill away */
export function withLevel(levels: Levels, skill: string, level: number | null): Levels {
  const { [skill]: _, ...others } = levels
  return level === null ? others : { ...others, [skill]: level }
}

export interface Cell {
  readonly row: number
  readonly column: number
}

/** Where a key leads from a cell, within the matrix; null: the key does not move. */
export function moved({ row, column }: Cell, key: string, rows: number, columns: number): Cell | null {
  const to = (down: number, right: number) => ({
    row: Math.min(rows - 1, Math.max(0, row + down)),
    column: Math.min(columns - 1, Math.max(0, column + right)),
  })
  switch (key) {
    case 'ArrowUp':
      return to(-1, 0)
    case 'ArrowDown':
    case 'Enter':
      return to(1, 0)
    case 'ArrowLeft':
      return to(0, -1)
    case 'ArrowRight':
      return to(0, 1)
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: columns - 1 }
    default:
      return null
  }
}

/** The level that a key sets; null takes the skill away; undefined: the key is about something else. */
export function levelTyped(key: string): number | null | undefined {
  if (/^[1-9]$/.test(key)) return Number(key)
  return key === '0' || key === 'Delete' || key === 'Backspace' ? null : undefined
}
