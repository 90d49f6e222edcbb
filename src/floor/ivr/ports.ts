import type { IvrProblem, KnownToIvr } from '../../contact-center/ivr/check.ts'
import type { IvrLanguage, IvrTree } from '../../contact-center/ivr/tree.ts'

/** `too-long`: over a minute. `silent`: nothing is heard in it. `cannot-be-made`: the tools failed; see the detail. */
export type SoundProblem = 'not-a-wav' | 'too-long' | 'silent' | 'cannot-be-made'

export type SoundMade =
  | { readonly ok: true; readonly id: string; readonly durationMs: number }
  | { readonly ok: false; readonly problem: SoundProblem; readonly detail: string }

/** The sounds of announcements: 8 kHz mono wav where the PBX finds them. adapters/speech is the real one. */
export interface Announcements {
  /** What the sound of these words is called, made or not. */
  idOf(text: string, language: IvrLanguage): string
  /** Makes the sound unless it is there. */
  speak(text: string, language: IvrLanguage): Promise<SoundMade>
  /** Takes a recording in, whatever form of wav it has. */
  take(wav: Buffer): Promise<SoundMade>
  /** Null: there is no such sound. */
  read(id: string): Promise<Buffer | null>
  durationMs(id: string): Promise<number | null>
}

/** The contact centre's own check, handed in: this room knows its types only. */
export type CheckTree = (tree: IvrTree, known: KnownToIvr) => readonly IvrProblem[]
