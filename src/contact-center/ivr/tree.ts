import type { LineNumber, QueueId } from '#kernel/ids.ts'
import type { Digit } from '../events.ts'

/** Drawn by a city, read by `walk.ts`, held to its rules by `check.ts`. Plain data: it is stored as it stands. */
export interface IvrTree {
  readonly id: string
  /** Counts up with each publication; a published tree never changes. */
  readonly version: number
  readonly start: NodeId
  readonly nodes: Readonly<Record<NodeId, IvrNode>>
}

export type NodeId = string

/** 普通话, 粤语, English. */
export type IvrLanguage = 'zh' | 'yue' | 'en'
/** Mandarin first: it is what a caller hears who has chosen nothing, and where another language is missing. */
export const IVR_LANGUAGES: readonly IvrLanguage[] = ['zh', 'yue', 'en']

/** What is said at a node, by language: the id of an announcement, played as Prompt `announcement-<id>`. */
export type Says = Readonly<Partial<Record<IvrLanguage, string>>>

/** Where it goes on. Null: not drawn yet, which no published tree has. */
export type Target = NodeId | null

interface Asks {
  readonly says: Says
  /** How long the caller is waited for once all is said. */
  readonly waitMs: number
  /** How often all is said again to a caller who presses nothing. */
  readonly repeat: number
  /** Where a silent caller goes in the end; null: to an agent. */
  readonly silence: Target
}

/** `name` is for those who draw and those who read a call's timeline; callers never hear it. */
export type IvrNode = { readonly name: string } & (
  | { readonly kind: 'play'; readonly says: Says; readonly next: Target }
  | ({ readonly kind: 'menu'; readonly keys: Readonly<Partial<Record<Digit, Target>>> } & Asks)
  /** A menu that sets the language; it is said in every language it has, one after another. */
  | ({
      readonly kind: 'language'
      readonly keys: Readonly<Partial<Record<Digit, LanguageChoice>>>
    } & Asks)
  /** Whether it is working time is answered when the caller enters the tree. */
  | { readonly kind: 'hours'; readonly open: Target; readonly closed: Target }
  /** Null: the queue of the line that was dialled. */
  | { readonly kind: 'queue'; readonly says: Says; readonly queue: QueueId | null }
  /** The queue that another line has now: found out when the tree is read for callers, null before. */
  | {
      readonly kind: 'line'
      readonly says: Says
      readonly line: LineNumber
      readonly queue: QueueId | null
    }
  | { readonly kind: 'outside'; readonly says: Says; readonly number: string }
  | { readonly kind: 'hang-up'; readonly says: Says }
)

export interface LanguageChoice {
  readonly language: IvrLanguage
  readonly next: Target
}

export type IvrNodeOf<Kind extends IvrNode['kind']> = Extract<IvrNode, { kind: Kind }>
export type AskingNode = IvrNodeOf<'menu'> | IvrNodeOf<'language'>

/** The ways on from a node: `by` is a key, or `next`, `open`, `closed`, `silence`. */
export interface Branch {
  readonly by: string
  readonly to: Target
  /** Taken only when the caller presses something. */
  readonly chosen: boolean
}

export function nodeOf(tree: Pick<IvrTree, 'nodes'>, id: Target): IvrNode | null {
  // Ids come from outside: `constructor` is one like any other.
  return id !== null && Object.hasOwn(tree.nodes, id) ? (tree.nodes[id] ?? null) : null
}

export function branchesOf(node: IvrNode): readonly Branch[] {
  switch (node.kind) {
    case 'play':
      return [{ by: 'next', to: node.next, chosen: false }]
    case 'hours':
      return [
        { by: 'open', to: node.open, chosen: false },
        { by: 'closed', to: node.closed, chosen: false },
      ]
    case 'menu':
      return [...Object.entries(node.keys).map(([by, to]) => ({ by, to, chosen: true })), ...silenceOf(node)]
    case 'language':
      return [
        ...Object.entries(node.keys).map(([by, { next }]) => ({ by, to: next, chosen: true })),
        ...silenceOf(node),
      ]
    default:
      return []
  }
}

function silenceOf({ silence }: Asks): readonly Branch[] {
  return silence === null ? [] : [{ by: 'silence', to: silence, chosen: false }]
}

/** What is said in this language, in Mandarin where it has none; null: nothing. */
export function saidIn(says: Says, language: IvrLanguage): string | null {
  return says[language] ?? says.zh ?? null
}
