import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { io } from 'socket.io-client'
import type { Notice as Announcement } from '../../floor/announcements/schema.ts'
import type { Pop } from '../../floor/screen-pops/schema.ts'
import type { SeatView } from '../../floor/seats/schema.ts'
import type { Alarm, Snapshot } from '../kit/api-types.ts'
import { tabMemory } from '../kit/remembered.ts'
import { type DeskState, deskAfter, deskAtStart, type Notice } from './desk-state.ts'

export interface Desk {
  readonly state: DeskState
  /** Those that are still to be read, the oldest first. */
  readonly announcements: readonly Announcement[]
  /** The service answered a request with the seat as it is now. */
  readonly seatIs: (seat: SeatView) => void
  readonly dismissNotices: () => void
}

interface Listener {
  readonly alarm: (alarm: Alarm) => void
  /** The service does not accept this page any longer: signed out, or the seat is gone. */
  readonly refused: () => void
  /** The agent asked, by another way than this page, that its phone pick this call up. */
  readonly answer: (callId: string) => void
}

const RECONNECT_MOST_MS = 3_000

/** Holds the desk's socket for as long as the desk is open; resumes from the cursor of this tab. */
export function useDesk(seat: SeatView, listener: Listener): Desk {
  const memoryKey = `desk.${seat.number}`
  const [state, dispatch] = useReducer(deskAfter, null, () => {
    const { cursor, notices } = recall(memoryKey)
    return deskAtStart(seat, cursor, notices)
  })
  const [announcements, setAnnouncements] = useState<readonly Announcement[]>([])
  const heard = useRef(listener)
  heard.current = listener
  const cursor = useRef(state.cursor)
  const acknowledgements = useRef<(() => void)[]>([])

  useEffect(() => {
    const socket = io('/desk', {
      auth: tell => tell({ cursor: cursor.current }),
      reconnectionDelay: 300,
      reconnectionDelayMax: RECONNECT_MOST_MS,
      transports: ['websocket', 'polling'],
    })
    let retry: ReturnType<typeof setTimeout> | undefined
    const again = () => {
      // Socket.IO does not come back by itself after the service has refused or dropped it.
      if (socket.active) return
      heard.current.refused()
      clearTimeout(retry)
      retry = setTimeout(() => socket.connect(), RECONNECT_MOST_MS)
    }
    socket.on('connect', () => dispatch({ type: 'connected' }))
    socket.on('disconnect', () => {
      dispatch({ type: 'disconnected' })
      again()
    })
    socket.on('connect_error', () => {
      dispatch({ type: 'disconnected' })
      again()
    })
    socket.on('snapshot', (snapshot: Snapshot) => {
      dispatch({ type: 'snapshot', snapshot })
      if (snapshot.seat === null) heard.current.refused()
    })
    socket.on('missed', (pops: readonly Pop[]) => dispatch({ type: 'missed', pops }))
    socket.on('pop', (pop: Pop, acknowledge?: () => void) => {
      if (acknowledge !== undefined) acknowledgements.current.push(acknowledge)
      dispatch({ type: 'pop', pop })
    })
    socket.on('seat', (changed: SeatView) => dispatch({ type: 'seat', seat: changed }))
    socket.on('notices', setAnnouncements)
    socket.on('answer', ({ callId }: { callId: string }) => heard.current.answer(callId))
    socket.on('alarm', (alarm: Alarm) => heard.current.alarm(alarm))
    return () => {
      // Left on purpose, it must not be taken for one that has to come back.
      socket.off()
      clearTimeout(retry)
      socket.disconnect()
    }
  }, [])

  // Runs once the state is on the screen: only then is a pop acknowledged and the cursor moved past it.
  useEffect(() => {
    cursor.current = state.cursor
    remember(memoryKey, state)
    for (const acknowledge of acknowledgements.current.splice(0)) acknowledge()
  }, [state, memoryKey])

  const seatIs = useCallback((changed: SeatView) => dispatch({ type: 'seat-answered', seat: changed }), [])
  const dismissNotices = useCallback(() => dispatch({ type: 'dismissed' }), [])
  return { state, announcements, seatIs, dismissNotices }
}

interface Remembered {
  readonly cursor: number | null
  readonly notices: readonly Notice[]
}

function recall(key: string): Remembered {
  const text = tabMemory.read(key)
  return text === null ? { cursor: null, notices: [] } : JSON.parse(text)
}

function remember(key: string, { cursor, notices }: DeskState): void {
  tabMemory.write(key, JSON.stringify({ cursor, notices } satisfies Remembered))
}
