import { useQuery } from '@tanstack/react-query'
import type { DutyRuleForm, DutyRuleView } from '../../casework/dispatch/schema.ts'
import { ask, get, Problem } from '../kit/api.ts'

/** What somebody else has saved is seen within this time. */
const OFTEN_MS = 15_000
const RULES = '/api/duty-rules'

export function useRules() {
  return useQuery({
    queryKey: ['duty-rules'],
    queryFn: () => get<readonly DutyRuleView[]>(RULES),
    refetchInterval: OFTEN_MS,
  })
}

export async function addRule(form: DutyRuleForm, position: number | null): Promise<DutyRuleView> {
  const body = position === null ? form : { ...form, position }
  return (await ask<DutyRuleView>(RULES, { method: 'POST', body })).body
}

export async function saveRule(form: DutyRuleForm, { id, version }: DutyRuleView): Promise<DutyRuleView> {
  const request = { method: 'PUT', body: form, ifMatch: `"${version}"` } as const
  return (await ask<DutyRuleView>(`${RULES}/${id}`, request)).body
}

export async function readRule(id: string): Promise<DutyRuleView> {
  const found = (await get<readonly DutyRuleView[]>(RULES)).find(rule => rule.id === id)
  if (found === undefined) throw new Problem('not-found', `rule ${id}`)
  return found
}

export async function removeRule({ id, version }: DutyRuleView): Promise<void> {
  await ask(`${RULES}/${id}`, { method: 'DELETE', ifMatch: `"${version}"` })
}

/** All of them, in the order wanted. */
export async function placeRules(ids: readonly string[]): Promise<readonly DutyRuleView[]> {
  return (await ask<readonly DutyRuleView[]>(`${RULES}/order`, { method: 'PUT', body: { ids } })).body
}
