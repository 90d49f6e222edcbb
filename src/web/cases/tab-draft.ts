import { tabMemory } from '../kit/remembered.ts'

/** What somebody has begun to write: kept in this tab until it is sent, one person apart from another. */
export interface TabDraft<Input> {
  read(): Partial<Input>
  write(input: Input): void
  forget(): void
}

/** @param empty has every field; what an older page has kept may lack some, or have others */
export function tabDraft<Input extends object>(key: string, empty: Input): TabDraft<Input> {
  return {
    read: () => parse(tabMemory.read(key), empty),
    write: input => tabMemory.write(key, JSON.stringify(input)),
    forget: () => tabMemory.forget(key),
  }
}

function parse<Input extends object>(text: string | null, empty: Input): Partial<Input> {
  try {
    const kept: Partial<Input> = JSON.parse(text ?? '{}')
    for (const name of Object.keys(kept)) if (!Object.hasOwn(empty, name)) Reflect.deleteProperty(kept, name)
    return kept
  } catch {
    return {} // Cut short by a full disk: nothing can be made of it.
  }
}
