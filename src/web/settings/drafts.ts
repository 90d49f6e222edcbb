import { useSyncExternalStore } from 'react'

export interface Draft<View, Form> {
  /** What was edited; null: it is to be added. */
  readonly base: View | null
  readonly form: Form
}

/** Edits not saved yet. They outlive the page that shows them: looking something up elsewhere costs nothing. */
export class Drafts<View, Form> {
  private drafts: ReadonlyMap<string, Draft<View, Form>> = new Map()
  private readonly watchers = new Set<() => void>()

  readonly watch = (changed: () => void): (() => void) => {
    this.watchers.add(changed)
    return () => this.watchers.delete(changed)
  }
  readonly all = (): ReadonlyMap<string, Draft<View, Form>> => this.drafts

  set(key: string, draft: Draft<View, Form>): void {
    this.drafts = new Map(this.drafts).set(key, draft)
    this.tell()
  }
  forget(key: string): void {
    const left = new Map(this.drafts)
    left.delete(key)
    this.drafts = left
    this.tell()
  }
  private tell(): void {
    for (const watcher of this.watchers) watcher()
  }
}

export function useDrafts<View, Form>(drafts: Drafts<View, Form>): ReadonlyMap<string, Draft<View, Form>> {
  return useSyncExternalStore(drafts.watch, drafts.all)
}
