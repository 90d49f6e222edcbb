import { useMutation, useQueryClient } from '@tanstack/react-query'
import { remove } from './api.ts'

/** Ends the session; the service gives the seat free with it. The sign-in page then forgets what was read in it. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/api/session'),
    onSuccess() {
      // The next one to sign in begins at a page of their own.
      history.replaceState(null, '', location.pathname)
      queries.setQueryData(['session'], null)
    },
  })
}
