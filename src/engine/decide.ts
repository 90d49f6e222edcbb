import { type Center, NO_STEP, type Step } from '../contact-center/center.ts'
import type { CenterEvent } from '../contact-center/events.ts'
import { handle } from '../contact-center/handle.ts'
import type { CenterRules } from '../contact-center/rules.ts'

/**
 * `handle`, but an event that it cannot digest (a bug, or a journal that somebody edited) changes nothing: one call
 * may suffer, the floor does not. A replay passes over the same events, since it fails at the same ones.
 */
export function decide(
  center: Center,
  event: CenterEvent,
  rules: CenterRules,
  failed: (event: CenterEvent, error: unknown) => void,
): Step {
  try {
    return handle(center, event, rules)
  } catch (error) {
    failed(event, error)
    return { ...NO_STEP, pbxUp: center.pbxUp }
  }
}
