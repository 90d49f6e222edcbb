import { expect, it } from 'vitest'
import { type Memory, memory } from '../kit/remembered.ts'
import { EMPTY_INPUT } from './order-input.ts'
import { UnsavedOrders } from './unsaved-orders.ts'

function mapStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: index => [...entries.keys()][index] ?? null,
    getItem: key => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: key => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
function keptMemory(): Memory {
  const storage = mapStorage()
  return memory(() => storage)
}
const order = (title: string, at: number) => ({
  input: { ...EMPTY_INPUT, title },
  etag: '"1"',
  label: title,
  at,
})

it('outlives the page, and ends with saving', () => {
  const kept = keptMemory()
  new UnsavedOrders(kept, 'wang').write('order-1', order('停水', 1))
  const reopened = new UnsavedOrders(kept, 'wang')
  expect(reopened.read('order-1')?.input.title).toBe('停水')
  reopened.forget('order-1')
  expect(new UnsavedOrders(kept, 'wang').list()).toEqual([])
})

it('shows one agent nothing of another', () => {
  const kept = keptMemory()
  new UnsavedOrders(kept, 'wang').write('order-1', order('停水', 1))
  expect(new UnsavedOrders(kept, 'li').list()).toEqual([])
  expect(new UnsavedOrders(kept, 'li').read('order-1')).toBeNull()
})

it('lists the oldest first and tells its watchers', () => {
  const unsaved = new UnsavedOrders(keptMemory(), 'wang')
  let told = 0
  const stop = unsaved.watch(() => {
    told += 1
  })
  unsaved.write('late', order('late', 2))
  unsaved.write('early', order('early', 1))
  stop()
  unsaved.forget('late')
  expect(told).toBe(2)
  expect(unsaved.list().map(({ id }) => id)).toEqual(['early'])
})

it('passes over an entry that was cut short', () => {
  const kept = keptMemory()
  kept.write('order.wang.broken', '{"input":')
  expect(new UnsavedOrders(kept, 'wang').list()).toEqual([])
})

it('works, forgetting all, in a browser that refuses storage', () => {
  const refusing = memory(() => {
    throw new Error('SecurityError')
  })
  const unsaved = new UnsavedOrders(refusing, 'wang')
  unsaved.write('order-1', order('停水', 1))
  expect(unsaved.list()).toEqual([])
})
