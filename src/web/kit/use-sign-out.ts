import { useMutation, useQueryClient } from '@tanstack/react-query'
import { remove } from './api.ts'

/** Ends the session; the service gives the seat free with it. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/api/session'),
    onSuccess: () => {
      queries.setQueryData(['session'], null)
      queries.removeQueries({ predicate: query => query.queryKey[0] !== 'session' })
    },
  })
}
