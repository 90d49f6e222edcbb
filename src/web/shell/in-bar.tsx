import { createContext, type ReactNode, useContext } from 'react'
import { createPortal } from 'react-dom'

/** The place in the top bar that a page may fill; undefined outside the shell, null until it is there. */
const SlotContext = createContext<HTMLElement | null | undefined>(undefined)
export const BarSlot = SlotContext.Provider

/** Whether this page stands in the shell, which then has the name, the language and signing out. */
export function useInShell(): boolean {
  return useContext(SlotContext) !== undefined
}

/** Shows its children in the shell's top bar, as long as the page is there. */
export function InBar({ children }: { readonly children: ReactNode }) {
  const slot = useContext(SlotContext)
  return slot ? createPortal(children, slot) : null
}
