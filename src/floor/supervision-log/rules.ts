import type { SupervisionAct } from '#database/types.ts'

/** Every act there is; one that is missing here fails to compile. */
const KNOWN: Readonly<Record<SupervisionAct, true>> = {
  ready: true,
  'not-ready': true,
  'sign-out': true,
  'hang-up': true,
  listen: true,
  whisper: true,
  barge: true,
  'take-over': true,
  pick: true,
  'raise-priority': true,
  'lower-priority': true,
}

export const SUPERVISION_ACTS: readonly string[] = Object.keys(KNOWN)

/**
 * The acts that an agent is told of. On record they are all.
 * @param setting `all`, `none`, or acts by name
 * @returns null when it names what is no act
 */
export function shownActs(setting: readonly string[]): readonly string[] | null {
  if (setting.join() === 'all') return SUPERVISION_ACTS
  if (setting.join() === 'none') return []
  return setting.every(act => SUPERVISION_ACTS.includes(act)) ? setting : null
}
