import type { Transaction } from 'kysely'
import type { Database, Role } from '#database/types.ts'
import type { Grant } from '../people/roles/index.ts'
import { drawPassword, type NewStaff } from '../people/staff/index.ts'

/** Whoever works on cases for the whole city; a second administrator, since changes of rights take two. */
const CITY_STAFF: readonly (readonly [login: string, name: string, role: string])[] = [
  ['dispatcher', '蒋文博', 'dispatcher'],
  ['reviewer', '沈秋月', 'reviewer'],
  ['call-back', '范晓彤', 'call-back'],
  ['supervisor', '袁振华', 'supervisor'],
  ['office', '蔡明远', 'hotline-office'],
  ['duty-leader', '邓海峰', 'duty-leader'],
  ['duty-assistant', '姚欣怡', 'duty-assistant'],
  ['discipline', '严正清', 'discipline'],
  ['admin2', '卢思齐', 'admin'],
]

/** A handler and a leader in each, under the unit's own word. */
const UNIT_STAFF: readonly (readonly [unit: string, handler: string, leader: string])[] = [
  ['xiaofang', '钟卫国', '石建军'],
  ['jiaojing', '彭立新', '曹志刚'],
  ['chengguan', '魏东升', '薛永强'],
  ['renshe', '叶春梅', '潘玉珍'],
  ['mingzhu', '汪海涛', '田国栋'],
  ['haixiu', '任丽华', '方世杰'],
  ['haixiu-sifasuo', '孔令德', '白秀英'],
]

/** Login and name of everybody that this list may seed. */
export const CASE_STAFF: readonly (readonly [login: string, name: string])[] = [
  ...CITY_STAFF.map(([login, name]) => [login, name] as const),
  ...UNIT_STAFF.flatMap(([unit, handler, leader]) => [
    [unit, handler] as const,
    [`${unit}-leader`, leader] as const,
  ]),
]

/**
 * The people who work on cases, each with a drawn password; of units only those that the city has.
 * @param passwordLength in characters
 */
export async function draftCaseworkers(
  trx: Transaction<Database>,
  passwordLength: number,
): Promise<readonly NewStaff[]> {
  const known = new Set<string>((await trx.selectFrom('units').select('id').execute()).map(({ id }) => id))
  const draft = (login: string, name: string, grant: Grant): NewStaff => {
    const role: Role = grant.role === 'admin' ? 'admin' : 'caseworker'
    return { login, name, role, agentNumber: null, password: drawPassword(passwordLength), grants: [grant] }
  }
  return [
    ...CITY_STAFF.map(([login, name, role]) => draft(login, name, { role, unit: null })),
    ...UNIT_STAFF.filter(([unit]) => known.has(unit)).flatMap(([unit, handler, leader]) => [
      draft(unit, handler, { role: 'unit-handler', unit }),
      draft(`${unit}-leader`, leader, { role: 'unit-leader', unit }),
    ]),
  ]
}
