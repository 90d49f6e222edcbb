import { type CenterSnapshot, LiveCenter } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import type { CenterRules } from '../contact-center/rules.ts'
import { decide } from './decide.ts'
import type { FactStore } from './ports.ts'

/** What a journal holds: the floor as it stood, and what happened since. */
export interface JournalContent {
  readonly snapshot: CenterSnapshot | null
  readonly events: readonly { readonly sequence: number; readonly event: CenterEvent }[]
}

/**
 * The floor as it stood when the journal ends. Commands and pops are not repeated: what came of them is asked
 * of the PBX. Facts that the store has not written yet are told again.
 */
export function recover(
  content: JournalContent,
  rules: CenterRules,
  toldUpTo: number,
  facts: FactStore,
  undigested: (event: CenterEvent, error: unknown) => void,
): LiveCenter {
  const center = content.snapshot === null ? new LiveCenter() : LiveCenter.restore(content.snapshot)
  for (const { sequence, event } of content.events) {
    const step = decide(center, event, rules, undigested)
    center.commit(step)
    if (sequence <= toldUpTo) continue
    const told = step.effects.flatMap(effect => (effect.to === 'record' ? [effect.fact] : []))
    if (told.length > 0) facts.accept(sequence, told)
  }
  return center
}
