import type { WorkOrderForm } from '../../casework/work-orders/schema.ts'
import type { Memory } from '../kit/remembered.ts'

/** What an agent has written and not yet saved. */
export interface UnsavedOrder {
  readonly input: WorkOrderForm
  /** The version it was written upon; null when the order had not been read yet. */
  readonly etag: string | null
  /** To be recognised by in a list. */
  readonly label: string
  /** Milliseconds, this machine's clock. */
  readonly at: number
}

export interface UnsavedEntry extends UnsavedOrder {
  readonly id: string
}

/**
 * Unsaved work orders in this browser, one member of staff apart from another: several agents share a machine
 * over the day. They outlive reloads, sign-outs and power cuts, and end with saving.
 */
export class UnsavedOrders {
  readonly #memory: Memory
  readonly #prefix: string
  readonly #watchers = new Set<() => void>()
  #entries: readonly UnsavedEntry[]

  constructor(memory: Memory, staff: string) {
    this.#memory = memory
    this.#prefix = `order.${staff}.`
    this.#entries = this.#readAll()
  }

  /** Oldest first. The same array until something changes. */
  readonly list = (): readonly UnsavedEntry[] => this.#entries

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed)
    return () => this.#watchers.delete(changed)
  }

  read(id: string): UnsavedOrder | null {
    return this.#entries.find(entry => entry.id === id) ?? null
  }

  write(id: string, order: UnsavedOrder): void {
    this.#memory.write(this.#prefix + id, JSON.stringify(order))
    this.#changed()
  }

  forget(id: string): void {
    this.#memory.forget(this.#prefix + id)
    this.#changed()
  }

  #changed(): void {
    this.#entries = this.#readAll()
    for (const changed of this.#watchers) changed()
  }

  #readAll(): readonly UnsavedEntry[] {
    return this.#memory
      .keys()
      .filter(key => key.startsWith(this.#prefix))
      .flatMap(key => {
        const order = parse(this.#memory.read(key))
        return order === null ? [] : [{ ...order, id: key.slice(this.#prefix.length) }]
      })
      .sort((one, other) => one.at - other.at)
  }
}

function parse(text: string | null): UnsavedOrder | null {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null // Cut short by a full disk: nothing can be made of it.
  }
}
