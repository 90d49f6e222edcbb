import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { UnitRow } from '../../casework/units/schema.ts'
import type { AccountPage, Approval, Done } from '../../people/accounts/schema.ts'
import type { Role } from '../../people/roles/schema.ts'
import { ask, get, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'

export function useAccounts(q: string) {
  return useInfiniteQuery({
    queryKey: ['accounts', q],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ q })
      if (pageParam !== '') query.set('cursor', pageParam)
      return get<AccountPage>(`/api/accounts?${query}`)
    },
    getNextPageParam: page => page.next,
  })
}

export function useApprovals() {
  return useQuery({
    queryKey: ['approvals'],
    queryFn: () => get<readonly Approval[]>('/api/approvals'),
    refetchInterval: 15_000,
  })
}

export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: () => get<readonly Role[]>('/api/roles') })
}

export function useUnits() {
  return useQuery({ queryKey: ['units'], queryFn: () => get<readonly UnitRow[]>('/api/units') })
}

type Act =
  | { readonly method: 'POST'; readonly path: string; readonly body?: object }
  /** What only another person's agreement makes true. */
  | { readonly method: 'PUT'; readonly path: string; readonly body: object; readonly waits: boolean }

/** One act on accounts or approvals: tells what came of it, and a drawn password once. */
export function useAct(onDone: () => void = () => {}) {
  const { t } = useWords()
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ method, path, body }: Act): Promise<Partial<Done>> =>
      method === 'POST' ? await post(path, body) : (await ask<Partial<Done>>(path, { method, body })).body,
    onSuccess({ password, approval }, act) {
      for (const key of ['accounts', 'approvals']) client.invalidateQueries({ queryKey: [key] })
      if (password !== null && password !== undefined) {
        modal.info({ title: t('staff.password-once'), content: password })
      }
      const waits = act.method === 'PUT' ? act.waits : approval?.decision === null
      message.success(t(waits ? 'staff.asked' : 'staff.done'))
      onDone()
    },
    onError: error => message.error(t(problemKey(error))),
  })
}
