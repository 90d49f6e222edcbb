import type { LineNumber, QueueId } from '#kernel/ids.ts'
import { SECOND_MS } from '#kernel/time.ts'
import type { Digit, Prompt } from '../events.ts'
import {
  type AskingNode,
  IVR_LANGUAGES,
  type IvrLanguage,
  type IvrNode,
  type IvrTree,
  type NodeId,
  nodeOf,
  saidIn,
  type Target,
} from './tree.ts'

/**
 * Where a caller stands in a tree; plain data, kept by the call.
 *
 *             ┌──────────── said ────────────┐
 *   enter ──▶ speaking ──── digit ───────▶ (next node, or the end)
 *                │ a menu is said              ▲
 *                ▼                             │
 *             listening ── digit or silence ───┘
 */
export interface Position {
  readonly node: NodeId
  /** A prompt is being played; else a key is waited for. */
  readonly speaking: boolean
  /** At this menu: keys that lead nowhere, and times nothing was pressed. */
  readonly tries: { readonly wrong: number; readonly silent: number }
  readonly language: IvrLanguage
  /** Whether it was working time when the caller came in. */
  readonly open: boolean
  /** Every node that was entered, in order, and what led there. */
  readonly path: readonly Visit[]
  /** How many playbacks have been asked for: names the next one. */
  readonly plays: number
}

export interface Visit {
  readonly node: NodeId
  /** Null: of itself. */
  readonly by: Digit | 'silence' | null
}

/** `silence`: the deadline that came with the last step has passed. */
export type WalkInput =
  | { readonly type: 'prompt-finished' }
  | { readonly type: 'digit'; readonly digit: Digit }
  | { readonly type: 'silence' }

/** Why a caller leaves the tree for an agent; `chosen`: the tree says so. */
export type WhyAgent = 'chosen' | 'zero' | 'silence' | 'wrong-keys' | 'too-long' | 'broken'

/** What is to be done now. `limitMs`: when nothing is heard for so long, `silence` is put in. */
export type WalkDo =
  | { readonly do: 'nothing' }
  | { readonly do: 'play'; readonly prompts: readonly Prompt[]; readonly limitMs: number }
  | { readonly do: 'listen'; readonly limitMs: number }
  /** Queue null: that of the line that was dialled. */
  | { readonly do: 'to-queue'; readonly queue: QueueId | null; readonly why: WhyAgent }
  | { readonly do: 'to-line'; readonly line: LineNumber; readonly queue: QueueId | null }
  | { readonly do: 'to-outside'; readonly number: string }
  | { readonly do: 'hang-up' }

export interface WalkStep {
  readonly position: Position
  readonly do: WalkDo
  /** The prompt that is being played is to be broken off first. */
  readonly breaksOff: boolean
}

/** Each announcement is at most a minute: longer ones are not published. */
export const LONGEST_ANNOUNCEMENT_MS = 60 * SECOND_MS
/** Wrong keys that are answered; the next one goes to an agent. */
const WRONG_KEYS_ANSWERED = 2
/** A caller who has been through so many nodes is better helped by an agent. */
const MOST_VISITS = 50

/** @param open whether it is working time, for the tree's `hours` */
export function enterTree(tree: IvrTree, open: boolean): WalkStep {
  const position: Position = {
    node: tree.start,
    speaking: false,
    tries: { wrong: 0, silent: 0 },
    language: 'zh',
    open,
    path: [],
    plays: 0,
  }
  return arrive(tree, position, tree.start, null, null)
}

/**
 * The next step. Any menu is left for an agent by 0, unless the tree gives 0 a meaning, by silence likewise, and by
 * the third wrong key. Whatever does not fit the position changes nothing; whatever the tree, every input or its
 * absence leads to an end.
 */
export function stepTree(tree: IvrTree, position: Position, input: WalkInput): WalkStep {
  const node = nodeOf(tree, position.node)
  if (node === null) return toAgent(position, 'broken')
  if (!position.speaking) {
    if (!isAsking(node)) return toAgent(position, 'broken')
    if (input.type === 'digit') return press(tree, position, node, input.digit)
    return input.type === 'silence' ? silent(tree, position, node) : nothing(position)
  }
  // The deadline of a prompt: its end was never heard.
  if (input.type !== 'digit') return said(tree, position, node)
  // A goodbye is heard out.
  if (node.kind === 'hang-up') return nothing(position)
  return { ...interrupted(tree, position, node, input.digit), breaksOff: true }
}

/** A digit over an announcement is meant for the menu behind it: who knows the menu need not wait for it. */
function interrupted(tree: IvrTree, position: Position, node: IvrNode, digit: Digit): WalkStep {
  if (isAsking(node)) return press(tree, position, node, digit)
  if (node.kind === 'play') return arrive(tree, position, node.next, null, digit)
  return said(tree, position, node)
}

/**
 * Enters a node and whatever follows without the caller's doing.
 * @param ahead a digit pressed already, for the first menu that comes; announcements before it are passed over
 */
function arrive(tree: IvrTree, from: Position, to: Target, by: Visit['by'], ahead: Digit | null): WalkStep {
  let position = from
  let target = to
  let led = by
  while (position.path.length < MOST_VISITS) {
    const node = nodeOf(tree, target)
    if (node === null || target === null) return toAgent(position, 'broken')
    const path = [...position.path, { node: target, by: led }]
    position = { ...position, node: target, tries: { wrong: 0, silent: 0 }, path }
    led = null
    if (node.kind === 'hours') target = position.open ? node.open : node.closed
    else if (node.kind === 'play' && ahead !== null) target = node.next
    else if (isAsking(node) && ahead !== null) return press(tree, position, node, ahead)
    else {
      const prompts = promptsOf(node, position.language)
      if (prompts.length > 0) return play(position, prompts)
      // A play that says nothing, in a tree that was not checked.
      if (node.kind !== 'play') return said(tree, position, node)
      target = node.next
    }
  }
  return toAgent(position, 'too-long')
}

/** All that the node has to say has been said. */
function said(tree: IvrTree, position: Position, node: IvrNode): WalkStep {
  switch (node.kind) {
    case 'play':
      return arrive(tree, position, node.next, null, null)
    case 'menu':
    case 'language':
      return step({ ...position, speaking: false }, { do: 'listen', limitMs: node.waitMs })
    case 'queue':
      return end(position, { do: 'to-queue', queue: node.queue, why: 'chosen' })
    case 'line':
      return end(position, { do: 'to-line', line: node.line, queue: node.queue })
    case 'outside':
      return end(position, { do: 'to-outside', number: node.number })
    case 'hang-up':
      return end(position, { do: 'hang-up' })
    case 'hours':
      return toAgent(position, 'broken')
  }
}

function press(tree: IvrTree, position: Position, node: AskingNode, digit: Digit): WalkStep {
  if (node.kind === 'menu') {
    const to = node.keys[digit]
    if (to !== undefined) return arrive(tree, position, to, digit, null)
  } else {
    const choice = node.keys[digit]
    if (choice !== undefined) {
      return arrive(tree, { ...position, language: choice.language }, choice.next, digit, null)
    }
  }
  if (digit === '0') return toAgent(position, 'zero')
  const wrong = position.tries.wrong + 1
  if (wrong > WRONG_KEYS_ANSWERED) return toAgent(position, 'wrong-keys')
  const tries = { ...position.tries, wrong }
  return play({ ...position, tries }, ['wrong-key', ...promptsOf(node, position.language)])
}

function silent(tree: IvrTree, position: Position, node: AskingNode): WalkStep {
  const silences = position.tries.silent + 1
  const prompts = promptsOf(node, position.language)
  if (silences <= node.repeat && prompts.length > 0) {
    return play({ ...position, tries: { ...position.tries, silent: silences } }, prompts)
  }
  if (node.silence === null) return toAgent(position, 'silence')
  return arrive(tree, position, node.silence, 'silence', null)
}

function promptsOf(node: IvrNode, language: IvrLanguage): readonly Prompt[] {
  if (node.kind === 'hours') return []
  const ids =
    node.kind === 'language' ? IVR_LANGUAGES.map(each => node.says[each]) : [saidIn(node.says, language)]
  return ids.flatMap((id): Prompt[] => (id ? [`announcement-${id}`] : []))
}

export function isAsking(node: IvrNode): node is AskingNode {
  return node.kind === 'menu' || node.kind === 'language'
}

function play(position: Position, prompts: readonly Prompt[]): WalkStep {
  const limitMs = (prompts.length + 1) * LONGEST_ANNOUNCEMENT_MS
  return step({ ...position, speaking: true, plays: position.plays + 1 }, { do: 'play', prompts, limitMs })
}

function toAgent(position: Position, why: WhyAgent): WalkStep {
  return end(position, { do: 'to-queue', queue: null, why })
}

function end(position: Position, what: WalkDo): WalkStep {
  return step({ ...position, speaking: false }, what)
}

function nothing(position: Position): WalkStep {
  return step(position, { do: 'nothing' })
}

function step(position: Position, what: WalkDo): WalkStep {
  return { position, do: what, breaksOff: false }
}
