import type { AlarmLevel } from './limits.ts'

/** AntD's names of colours. */
export const LEVEL_COLOUR: Readonly<Record<AlarmLevel, string>> = {
  notice: 'blue',
  warning: 'orange',
  serious: 'red',
}
