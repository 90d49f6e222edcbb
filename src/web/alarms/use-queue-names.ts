import { useQuery } from '@tanstack/react-query'
import type { QueueView } from '../../floor/queues/schema.ts'
import { get } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'

export function useQueues(): readonly QueueView[] {
  const { data } = useQuery({ queryKey: ['queues'], queryFn: () => get<readonly QueueView[]>('/api/queues') })
  return data ?? []
}

export function useQueueNames(): (id: string) => string {
  const { nameOf } = useWords()
  const queues = useQueues()
  return id => {
    const queue = queues.find(known => known.id === id)
    return queue === undefined ? id : nameOf(queue)
  }
}
