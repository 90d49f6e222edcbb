import type { SkillLevel } from './schema.ts'

/**
 * What is wrong with a list of skills, by field.
 * @param prefix the list's own name in the form
 */
export function skillProblems(
  prefix: string,
  listed: readonly SkillLevel[],
  known: ReadonlySet<string>,
): Record<string, string> {
  const problems: Record<string, string> = {}
  const seen = new Set<string>()
  listed.forEach(({ skill }, index) => {
    if (!known.has(skill)) problems[`${prefix}.${index}.skill`] = 'unknown'
    else if (seen.has(skill)) problems[`${prefix}.${index}.skill`] = 'repeated'
    seen.add(skill)
  })
  return problems
}
