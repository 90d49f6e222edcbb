/** What was, what is, and what was undone. Changes under the same tag in a row (typing in one field) are one step. */
export interface History<Value> {
  readonly past: readonly Value[]
  readonly now: Value
  readonly future: readonly Value[]
  readonly tag: string | null
}

/** An hour of drawing; beyond it the oldest steps are forgotten. */
const MOST_STEPS = 200

export function begin<Value>(now: Value): History<Value> {
  return { past: [], now, future: [], tag: null }
}

export function change<Value>(
  history: History<Value>,
  now: Value,
  tag: string | null = null,
): History<Value> {
  if (tag !== null && tag === history.tag) return { ...history, now, future: [] }
  return { past: [...history.past, history.now].slice(-MOST_STEPS), now, future: [], tag }
}

export function undo<Value>({ past, now, future }: History<Value>): History<Value> {
  const before = past.at(-1)
  if (before === undefined) return { past, now, future, tag: null }
  return { past: past.slice(0, -1), now: before, future: [now, ...future], tag: null }
}

export function redo<Value>({ past, now, future }: History<Value>): History<Value> {
  const [after, ...rest] = future
  if (after === undefined) return { past, now, future, tag: null }
  return { past: [...past, now], now: after, future: rest, tag: null }
}
