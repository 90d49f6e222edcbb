import type { Account } from '../../people/accounts/schema.ts'
import type { Role } from '../../people/roles/schema.ts'

interface Names {
  readonly roles: readonly Role[]
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly language: 'zh' | 'en'
}

/** `承办单位办理员 · 海秀街道办事处`. */
export function grantWords(
  { role: code, unit: id }: Account['grants'][number],
  { roles, units, language }: Names,
): string {
  const role = roles.find(one => one.code === code)
  const name = (language === 'zh' ? role?.nameZh : role?.nameEn) ?? code
  const unit = id === null ? null : (units.find(one => one.id === id)?.name ?? id)
  return unit === null ? name : `${name} · ${unit}`
}
