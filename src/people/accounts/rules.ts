import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { Grant, RoleView } from '../roles/index.ts'
import type { RightsForm } from './schema.ts'

/** Long rather than adorned: what people choose under rules of signs is easier to guess. */
export const SHORTEST_PASSWORD = 10

/** What is wrong with a password that somebody chose, by field. */
export function checkPassword(login: string, current: string, next: string): Outcome<string> {
  if ([...next].length < SHORTEST_PASSWORD) return badInput({ next: 'too-short' })
  if (next === current) return badInput({ next: 'same-as-before' })
  if (next.toLowerCase().includes(login)) return badInput({ next: 'holds-login' })
  return ok(next)
}

/** Roles over units name one, roles of the city none; each once. */
export function checkRights(
  form: RightsForm,
  roles: readonly RoleView[],
  units: ReadonlySet<string>,
): Outcome<RightsForm> {
  const fields: Record<string, string> = {}
  const seen = new Set<string>()
  form.grants.forEach(({ role: code, unit }, i) => {
    const role = roles.find(one => one.code === code)
    const same = `${code} ${unit}`
    if (role === undefined) fields[`grants.${i}.role`] = 'unknown'
    else if (seen.has(same)) fields[`grants.${i}.role`] = 'repeated'
    else if (role.overUnit && unit === null) fields[`grants.${i}.unit`] = 'required'
    else if (!role.overUnit && unit !== null) fields[`grants.${i}.unit`] = 'not-a-field'
    else if (unit !== null && !units.has(unit)) fields[`grants.${i}.unit`] = 'unknown'
    seen.add(same)
  })
  return Object.keys(fields).length > 0 ? badInput(fields) : ok(form)
}

/** Whether these grants let somebody look after accounts. */
export function managesStaff(grants: readonly Grant[], roles: readonly RoleView[]): boolean {
  return grants.some(({ role: code, unit }) =>
    roles.some(
      role => role.code === code && !role.overUnit && unit === null && role.rights.includes('staff.edit'),
    ),
  )
}
