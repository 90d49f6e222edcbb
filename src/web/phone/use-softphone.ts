import { useEffect, useState, useSyncExternalStore } from 'react'
import type { PhoneAccount } from '../../floor/seats/schema.ts'
import { PHONE_OFF, type PhoneState } from './phone-state.ts'
import type { Softphone } from './softphone.ts'

export interface PhoneInUse {
  readonly state: PhoneState
  /** Null until loaded, and for agents who use a SIP phone of their own. */
  readonly softphone: Softphone | null
}

const nothingToWatch = () => () => undefined

/** Runs the browser's phone for as long as the desk is open. JsSIP is loaded only where it is used. */
export function useSoftphone(account: PhoneAccount | null): PhoneInUse {
  const [softphone, setSoftphone] = useState<Softphone | null>(null)
  useEffect(() => {
    if (account === null) return
    const sound = new Audio()
    sound.autoplay = true
    let running: Softphone | null = null
    let wanted = true
    const stop = () => {
      wanted = false
      running?.stop()
    }
    import('./softphone.ts').then(({ Softphone }) => {
      if (!wanted) return
      running = new Softphone(account, sound)
      running.start()
      setSoftphone(running)
    })
    // A page that goes away says good-bye, so that the PBX does not ring an empty window.
    window.addEventListener('pagehide', stop)
    return () => {
      window.removeEventListener('pagehide', stop)
      stop()
      setSoftphone(null)
    }
  }, [account])

  const state = useSyncExternalStore(
    softphone === null ? nothingToWatch : watcher(softphone),
    () => softphone?.state ?? PHONE_OFF,
  )
  return { state, softphone }
}

function watcher(softphone: Softphone) {
  return (changed: () => void) => softphone.watch(changed)
}
