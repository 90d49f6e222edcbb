import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CallPage, CallRow } from '../../floor/call-records/schema.ts'
import { get } from '../kit/api.ts'
import type { SeatStateName } from '../kit/api-types.ts'
import { isInCall, isOffered } from '../kit/seat-states.ts'
import { serverClock } from '../kit/server-clock.ts'
import { dayOf } from '../kit/time.ts'

/** The record follows a call by moments, its recording by seconds: until both are there the list is asked again. */
const WHILE_UNFINISHED_MS = 4_000
const RECORDING_DUE_MS = 60_000

/** My calls of today, newest first. Asked again whenever the seat's state changes, but for a call merely offered. */
export function useCallsToday(seatState: SeatStateName) {
  const day = dayOf(serverClock.now())
  const calls = useInfiniteQuery({
    queryKey: ['calls', day],
    queryFn: ({ pageParam }) => get<CallPage>(`/api/calls?${search(day, pageParam)}`),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: query =>
      !isInCall(seatState) && query.state.data?.pages.some(page => page.items.some(isUnfinished))
        ? WHILE_UNFINISHED_MS
        : false,
  })
  const { refetch } = calls
  useEffect(() => {
    if (!isOffered(seatState) && seatState !== 'signed-out') refetch()
  }, [seatState, refetch])
  return { ...calls, rows: calls.data?.pages.flatMap(page => page.items) ?? [] }
}

function search(day: string, cursor: string): string {
  const parameters = new URLSearchParams({ scope: 'mine', day })
  if (cursor !== '') parameters.set('cursor', cursor)
  return parameters.toString()
}

function isUnfinished(row: CallRow): boolean {
  if (row.endedAt === null || row.recording === 'waiting') return true
  const justTalked = row.bridgedAt !== null && serverClock.now() - Date.parse(row.endedAt) < RECORDING_DUE_MS
  return row.recording === 'none' && justTalked
}
