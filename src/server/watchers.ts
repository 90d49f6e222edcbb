import type { Step } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import type { EngineWatcher } from '../engine/ports.ts'

/** The engine has one watcher; this one lets others see what it handled as well. */
export function watchedBy(
  first: EngineWatcher,
  ...others: readonly Pick<EngineWatcher, 'handled'>[]
): EngineWatcher {
  return {
    handled(event: CenterEvent, step: Step) {
      first.handled(event, step)
      for (const other of others) other.handled(event, step)
    },
    swept: stray => first.swept(stray),
    undigested: (event, error) => first.undigested(event, error),
    surveyFailed: error => first.surveyFailed(error),
  }
}
