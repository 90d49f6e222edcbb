import { tabMemory } from '../kit/remembered.ts'
import { type ActInput, EMPTY_ACT, type FormName } from './acts.ts'

/** What somebody has begun to write for an act: kept in this tab until it is sent, one person apart from another. */
export interface ActDraft {
  read(): Partial<ActInput>
  write(input: ActInput): void
  forget(): void
}

export function actDraft(staff: string, order: string, act: FormName): ActDraft {
  const key = `act.${staff}.${order}.${act}`
  return {
    read: () => parse(tabMemory.read(key)),
    write: input => tabMemory.write(key, JSON.stringify(input)),
    forget: () => tabMemory.forget(key),
  }
}

/** What an older page has kept may lack fields, or have others. */
function parse(text: string | null): Partial<ActInput> {
  try {
    const kept: object = JSON.parse(text ?? '{}')
    return Object.fromEntries(Object.entries(kept).filter(([name]) => Object.hasOwn(EMPTY_ACT, name)))
  } catch {
    return {} // Cut short by a full disk: nothing can be made of it.
  }
}
