import { useQuery } from '@tanstack/react-query'
import type { LineView } from '../../floor/lines/schema.ts'
import type { QueueView } from '../../floor/queues/schema.ts'
import type { FloorView } from '../../floor/supervision/schema.ts'
import type { Skill, StaffView } from '../../people/skills/schema.ts'
import { get } from '../kit/api.ts'

/** What somebody else has saved is seen within this time. */
const OFTEN_MS = 10_000
const LIVE_MS = 3_000

export function useQueues() {
  return useQuery({
    queryKey: ['queues'],
    queryFn: () => get<readonly QueueView[]>('/api/queues'),
    refetchInterval: OFTEN_MS,
  })
}

export function useSkills() {
  return useQuery({
    queryKey: ['skills'],
    queryFn: () => get<readonly Skill[]>('/api/skills'),
    refetchInterval: OFTEN_MS,
  })
}

export function useStaff() {
  return useQuery({
    queryKey: ['staff'],
    queryFn: () => get<readonly StaffView[]>('/api/staff'),
    refetchInterval: OFTEN_MS,
  })
}

export function useLines() {
  return useQuery({
    queryKey: ['lines'],
    queryFn: () => get<readonly LineView[]>('/api/lines'),
    refetchInterval: OFTEN_MS,
  })
}

/** Who waits in which queue, as the floor is now. */
export function useWaiting() {
  const floor = useQuery({
    queryKey: ['floor'],
    queryFn: () => get<FloorView>('/api/floor'),
    refetchInterval: LIVE_MS,
  })
  return new Map(floor.data?.queues.map(queue => [queue.id, queue]))
}
