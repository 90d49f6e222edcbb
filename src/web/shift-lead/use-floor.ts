import { useEffect, useRef, useState } from 'react'
import { io } from 'socket.io-client'
import type { AlarmView } from '../../floor/alarms/schema.ts'
import type { FloorView } from '../../floor/supervision/schema.ts'

const RECONNECT_MOST_MS = 3_000

export interface Floor {
  /** Null until the first one has come. */
  readonly view: FloorView | null
  /** Those that stand, the most serious first. */
  readonly alarms: readonly AlarmView[]
  readonly link: 'connecting' | 'live' | 'lost'
}

/** Holds the floor's socket; every push is the whole floor, or all its alarms. `refused`: the service accepts this page no longer. */
export function useFloor(refused: () => void): Floor {
  const [floor, setFloor] = useState<Floor>({ view: null, alarms: [], link: 'connecting' })
  const heard = useRef(refused)
  heard.current = refused
  useEffect(() => {
    const socket = io('/floor', {
      reconnectionDelay: 300,
      reconnectionDelayMax: RECONNECT_MOST_MS,
      transports: ['websocket', 'polling'],
    })
    let retry: ReturnType<typeof setTimeout> | undefined
    const lost = () => {
      setFloor(floor => ({ ...floor, link: floor.view === null ? 'connecting' : 'lost' }))
      // Socket.IO does not come back by itself after the service has refused or dropped it.
      if (socket.active) return
      heard.current()
      clearTimeout(retry)
      retry = setTimeout(() => socket.connect(), RECONNECT_MOST_MS)
    }
    socket.on('disconnect', lost)
    socket.on('connect_error', lost)
    socket.on('floor', (view: FloorView) => setFloor(floor => ({ ...floor, view, link: 'live' })))
    socket.on('alarms', (alarms: readonly AlarmView[]) => setFloor(floor => ({ ...floor, alarms })))
    return () => {
      // Left on purpose, it must not be taken for one that has to come back.
      socket.off()
      clearTimeout(retry)
      socket.disconnect()
    }
  }, [])
  return floor
}
