import { playbackId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import type { IvrMenu, OutsideTarget } from '../events.ts'
import { type IvrTree, nodeOf } from '../ivr/tree.ts'
import { enterTree, type Position, stepTree, type WalkInput, type WalkStep } from '../ivr/walk.ts'
import type { QueueBook } from '../queue/queue-rules.ts'
import type { CallSignal } from '../signals.ts'
import type { Call, CallState } from './call.ts'
import { dialOutside } from './dialling.ts'
import { end } from './ending.ts'
import { forward } from './forwarding.ts'
import { enqueue } from './queueing.ts'
import { after, type CallStep, noted, pbx, say, step } from './steps.ts'

type InMenu = Extract<CallState, { name: 'in-menu' }>

/** The caller hears the line's tree before any queue. */
export function enterMenu(
  call: Omit<Call, 'state'>,
  { tree, open }: IvrMenu,
  at: Instant,
  book: QueueBook,
): CallStep {
  return walked(call, tree, enterTree(tree, open), null, at, book)
}

export function transitionMenu(call: Call, signal: CallSignal, at: Instant, book: QueueBook): CallStep {
  const { state } = call
  if (state.name !== 'in-menu') return step(call)
  const input = inputOf(signal, state)
  if (input === null) return step(call)
  return walked(call, state.tree, stepTree(state.tree, state.position, input), state, at, book)
}

function inputOf(signal: CallSignal, { position, playback }: InMenu): WalkInput | null {
  switch (signal.type) {
    case 'digit-pressed':
      return { type: 'digit', digit: signal.digit }
    case 'prompt-finished':
      return signal.playback === playback ? { type: 'prompt-finished' } : null
    case 'deadline-passed':
      return { type: 'silence' }
    case 'command-failed':
      return signal.command === 'play' ? { type: 'silence' } : null
    case 'found-alive':
      // The prompt may have ended while nobody heard; while a key is waited for, its deadline will do.
      return position.speaking ? { type: 'silence' } : null
    default:
      return null
  }
}

function walked(
  call: Omit<Call, 'state'>,
  tree: IvrTree,
  { position, do: what, breaksOff }: WalkStep,
  before: InMenu | null,
  at: Instant,
  book: QueueBook,
): CallStep {
  if (what.do === 'nothing' && before !== null) return step({ ...call, state: before })
  const playback = playbackId(call.id, `menu-${position.plays}`)
  const stop =
    breaksOff && before !== null && call.leg !== null
      ? [pbx({ do: 'stop-play', call: call.id, leg: call.leg, playback: before.playback })]
      : []
  const said = [...visits(call, tree, before?.position ?? null, position, at), ...stop]
  const stay = (limitMs: number): Call => ({
    ...call,
    state: { name: 'in-menu', tree, position, playback, deadlineAt: at + limitMs },
  })
  switch (what.do) {
    case 'play':
      return step(stay(what.limitMs), [...said, ...say(call, playback, what.prompts)])
    case 'listen':
      return step(stay(what.limitMs), said)
    case 'to-queue':
      return after(said, enqueue(call, at, `menu-${what.why}`, book, what.queue))
    case 'to-line':
      return after(said, enqueue(call, at, `menu-line-${what.line}`, book, what.queue))
    case 'to-outside': {
      const target: OutsideTarget = {
        kind: 'outside',
        number: what.number,
        name: what.number,
        emergency: false,
      }
      const dialled = dialOutside(call, target)
      return after([...said, ...dialled.effects], forward(dialled.call, null, target, dialled.leg, at))
    }
    default:
      return after(said, end(stay(0), at, { result: 'completed', reason: 'menu-goodbye', by: 'system' }))
  }
}

/** Where the caller has come since, and by which key. */
function visits(
  call: Omit<Call, 'state'>,
  tree: IvrTree,
  before: Position | null,
  { path, language }: Position,
  at: Instant,
) {
  return path.slice(before?.path.length ?? 0).map(({ node, by }) => {
    const name = nodeOf(tree, node)?.name ?? node
    return noted(call, at, { kind: 'menu', tree: tree.id, version: tree.version, node, name, by, language })
  })
}
