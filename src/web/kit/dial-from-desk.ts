import { createContext, useContext } from 'react'
import type { MissedCall } from '../../floor/missed-calls/schema.ts'

/** Calls back from the seat of the desk that a page is shown in; null where none can dial now. */
export const DialFromDesk = createContext<((call: MissedCall) => void) | null>(null)

export function useDialFromDesk(): ((call: MissedCall) => void) | undefined {
  return useContext(DialFromDesk) ?? undefined
}
