import { useQuery } from '@tanstack/react-query'
import type { SignInWays } from '../../people/single-sign-on/schema.ts'
import { get } from '../kit/api.ts'

/** Leads to the provider's page. */
export const SIGN_IN_PATH = '/api/sign-in/oidc'

/** How one may sign in here; it is kept when everything else that was read is forgotten. */
export function useWays() {
  return useQuery({
    queryKey: ['sign-in'],
    queryFn: () => get<SignInWays>('/api/sign-in'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
