/** Forms hold plain values only, written in one order: their text says whether they are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inside]) => [name, sorted(inside)]))
}

export function differing<Form extends object, Field extends keyof Form>(
  fields: readonly Field[],
  one: Form,
  other: Form,
): readonly Field[] {
  return fields.filter(field => !isSame(one[field], other[field]))
}

/** `theirs`, with the fields named as `mine` has them. */
export function merged<Form extends object>(mine: Form, theirs: Form, kept: ReadonlySet<keyof Form>): Form {
  let result = theirs
  for (const field of kept) result = { ...result, [field]: mine[field] }
  return result
}
