/** One part of a form as people know it: for the history and for choosing between two who saved. */
export interface FieldView<Form> {
  readonly field: keyof Form & string
  readonly label: string
  readonly show: (form: Form) => string
}

/** What is wrong with each field, by its name, as the service says it. */
export type FieldProblems = Readonly<Record<string, string>>

/** What is wrong with a field or with anything inside it. */
export function problemWithin(problems: FieldProblems, field: string): string | undefined {
  const inside = Object.keys(problems).find(name => name === field || name.startsWith(`${field}.`))
  return inside === undefined ? undefined : problems[inside]
}

/** Without what was said about these fields: they have been changed since. */
export function withoutFields(problems: FieldProblems, changed: readonly string[]): FieldProblems {
  const touched = (name: string) => changed.some(field => name === field || name.startsWith(`${field}.`))
  return Object.fromEntries(Object.entries(problems).filter(([name]) => !touched(name)))
}
