import type { CenterEvent } from '../contact-center/events.ts'
import { type DayPlan, type DayReport, runDay } from './day.ts'

/** Shorter days that are tried before giving up on a shorter story. */
const TRIES = 60

/**
 * Leaves out callers for as long as the day still fails: what remains is the shortest story found.
 * Each person's chances are their own, so leaving one out changes nothing for the others.
 */
export async function shortestStory(plan: DayPlan): Promise<DayReport> {
  let callers = [...Array(plan.calls).keys()]
  let report = await runDay(plan)
  let parts = 2
  for (let tries = 0; tries < TRIES && callers.length > 1; tries++) {
    const size = Math.ceil(callers.length / parts)
    const part = tries % parts
    const fewer = callers.filter((_, index) => Math.floor(index / size) !== part)
    const shorter = await runDay({ ...plan, only: new Set(fewer) })
    if (shorter.failure !== null) {
      callers = fewer
      report = shorter
      parts = 2
    } else if (part === parts - 1) {
      if (parts >= callers.length) break
      parts = Math.min(callers.length, parts * 2)
    }
  }
  return report
}

/** The story as a person reads it: time, what happened, to whom; only what touches the calls and seats named. */
export function tell(failure: NonNullable<DayReport['failure']>): string {
  const named = new Set(failure.problems.join(' ').match(/call-\d+|citizen-\d+|\b\d{4}\b/g) ?? [])
  const touches = (event: CenterEvent) => [...named].some(name => JSON.stringify(event).includes(name))
  const told = named.size === 0 ? failure.story.slice(-40) : failure.story.filter(touches).slice(-60)
  const lines = told.map(({ at, type, ...rest }) => {
    const time = new Date(at).toISOString().slice(11, 23)
    const text = type === 'pbx-surveyed' ? '' : JSON.stringify(rest)
    return `  ${time}  ${type.padEnd(22)} ${text}`
  })
  return [...failure.problems.map(problem => `✗ ${problem}`), 'The story that leads there:', ...lines].join(
    '\n',
  )
}
