import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyInput, anyTree, changed, KNOWN, mostlyWholeTree, SAMPLE } from '../../../tests/support/ivr.ts'
import { asId, type QueueId } from '../../kernel/ids.ts'
import type { Digit } from '../events.ts'
import { checkTree } from './check.ts'
import type { IvrTree } from './tree.ts'
import { enterTree, stepTree, type WalkInput, type WalkStep } from './walk.ts'

const DIGITS: readonly Digit[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']

/** `.` a prompt ends, `_` silence, anything else a key. */
function walk(inputs: string, { tree = SAMPLE, open = true } = {}): WalkStep {
  return [...inputs].reduce<WalkStep>(
    (at, input) => stepTree(tree, at.position, inputOf(input)),
    enterTree(tree, open),
  )
}
function inputOf(input: string): WalkInput {
  if (input === '.') return { type: 'prompt-finished' }
  if (input === '_') return { type: 'silence' }
  const digit = DIGITS.find(each => each === input)
  if (digit === undefined) throw new Error(`no key ${input}`)
  return { type: 'digit', digit }
}
function heard(step: WalkStep): string {
  const { do: what } = step
  switch (what.do) {
    case 'play':
      return what.prompts.map(prompt => prompt.replace('announcement-', '')).join(' ')
    case 'to-queue':
      return `queue ${what.queue ?? 'of the line'}: ${what.why}`
    case 'to-line':
      return `line ${what.line}, queue ${what.queue}`
    case 'to-outside':
      return `outside ${what.number}`
    default:
      return what.do
  }
}

describe('a walk through the sample', () => {
  test.each([
    ['is welcomed', '', 'hello'],
    ['is asked for a language, in each', '.', 'speak-zh speak-en'],
    ['is listened to once it is said', '..', 'listen'],
    ['hears the menu', '..1', 'menu'],
    ['hears it in the language chosen', '..2', 'menu-en'],
    ['hears Mandarin where there is nothing else', '..2.1', 'one-moment'],
    ['chooses', '..1.1', 'one-moment'],
    ['is in the queue chosen once told so', '..1.1.', 'queue enterprise: chosen'],
    ['need not hear it out', '..1.15', 'queue enterprise: chosen'],
    ['goes to another line, which says nothing here', '..1.2', 'line 95598, queue resident'],
    ['goes outside', '..1.3.', 'outside 110'],
    ['goes back', '..1.9', 'speak-zh speak-en'],
    ['presses 0 for an agent', '..1.0', 'queue of the line: zero'],
    ['presses 0 at once', '0', 'queue of the line: zero'],
    ['presses 0 into the menu', '..10', 'queue of the line: zero'],
    ['presses over the menu', '..11', 'one-moment'],
    ['knows the keys and waits for nothing', '1', 'menu'],
    ['is told of a wrong key', '..1.7', 'wrong-key menu'],
    ['is told twice', '..1.7.8', 'wrong-key menu'],
    ['is told twice, pressing over it', '..1.78', 'wrong-key menu'],
    ['goes to an agent at the third', '..1.7.8.*', 'queue of the line: wrong-keys'],
    ['starts anew at another menu', '..7.7.1.7.7', 'wrong-key menu'],
    ['is asked again when silent, once here', '..1._', 'menu'],
    ['then goes to an agent', '..1._._', 'queue of the line: silence'],
    ['where nothing is repeated at once', '.._', 'queue of the line: silence'],
    ['is not lost with the end of a prompt', '_', 'speak-zh speak-en'],
    ['a late end of a prompt means nothing', '..1...', 'nothing'],
  ])('%s', (_, inputs, expected) => {
    expect(heard(walk(inputs))).toBe(expected)
  })

  test('out of working time hears so to the end, and is let go', () => {
    expect(heard(walk('.', { open: false }))).toBe('closed')
    expect(heard(walk('.1', { open: false }))).toBe('nothing')
    expect(heard(walk('.1.', { open: false }))).toBe('hang-up')
  })

  test('the tree may give 0 and silence a meaning', () => {
    const { menu } = SAMPLE.nodes
    if (menu?.kind !== 'menu') throw new Error('no menu')
    const tree = changed({ menu: { ...menu, keys: { ...menu.keys, 0: 'water' }, silence: 'enterprise' } })
    expect(heard(walk('..1.0', { tree }))).toBe('line 95598, queue resident')
    expect(heard(walk('..1._._', { tree }))).toBe('one-moment')
    expect(walk('..1._._', { tree }).position.path.at(-1)).toEqual({ node: 'enterprise', by: 'silence' })
  })

  test('only a digit over a prompt breaks it off, and each playback has its number', () => {
    expect(walk('1')).toMatchObject({ breaksOff: true, position: { plays: 2 } })
    expect(walk('..1')).toMatchObject({ breaksOff: false, position: { plays: 3 } })
    expect(walk('..1.7').position.plays).toBe(4)
  })

  test('the way is remembered', () => {
    expect(walk('..2.1.').position).toMatchObject({
      language: 'en',
      path: [
        { node: 'hello', by: null },
        { node: 'open', by: null },
        { node: 'language', by: null },
        { node: 'menu', by: '2' },
        { node: 'enterprise', by: '1' },
      ],
    })
  })

  test('a silent prompt is given up, a key is waited for as long as the menu says', () => {
    expect(walk('.').do).toMatchObject({ do: 'play', limitMs: 180_000 })
    expect(walk('..').do).toEqual({ do: 'listen', limitMs: 5_000 })
  })

  test('one who goes round and round is helped by an agent', () => {
    expect(heard(walk(`1${'91'.repeat(100)}`.slice(0, 48)))).toBe('queue of the line: too-long')
  })
})

/** Steps a caller who presses nothing needs at most: a prompt and a silence a visit, thrice at a menu. */
const MOST_STEPS = 50 * 6

function isEnd({ do: what }: WalkStep): boolean {
  return ['to-queue', 'to-line', 'to-outside', 'hang-up'].includes(what.do)
}

/** Every input is put in while there is no end; then the deadlines pass, one after another. */
function endOf(tree: IvrTree, open: boolean, inputs: readonly WalkInput[]): WalkStep {
  let at = enterTree(tree, open)
  for (const input of inputs) if (!isEnd(at)) at = stepTree(tree, at.position, input)
  for (let steps = 0; !isEnd(at); steps += 1) {
    if (steps > MOST_STEPS) throw new Error('stuck')
    at = stepTree(tree, at.position, { type: 'silence' })
  }
  return at
}

describe('whatever is pressed or not', () => {
  test('any tree, whole or broken, leads to an end', () => {
    fc.assert(
      fc.property(anyTree, fc.boolean(), fc.array(anyInput, { maxLength: 80 }), (tree, open, inputs) => {
        expect(isEnd(endOf(tree, open, inputs))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('a tree that passes the check is never found broken', () => {
    let whole = 0
    fc.assert(
      fc.property(mostlyWholeTree, fc.boolean(), fc.array(anyInput), (tree, open, inputs) => {
        const reached = withoutUnreachable(tree)
        fc.pre(checkTree(reached, KNOWN).length === 0)
        whole += 1
        expect(endOf(reached, open, inputs).do).not.toMatchObject({ why: 'broken' })
      }),
      { numRuns: 1_000 },
    )
    expect(whole).toBeGreaterThan(500)
  })

  test('in a whole tree 0 leaves any menu for a person or another menu, at once', () => {
    fc.assert(
      fc.property(mostlyWholeTree, fc.boolean(), fc.array(anyInput), (tree, open, inputs) => {
        const whole = withoutUnreachable(tree)
        fc.pre(checkTree(whole, KNOWN).length === 0)
        let at = enterTree(whole, open)
        for (const input of inputs) {
          if (isEnd(at)) return
          const node = whole.nodes[at.position.node]
          if (node?.kind === 'menu' && node.keys['0'] === undefined) {
            const zero = stepTree(whole, at.position, { type: 'digit', digit: '0' })
            expect(zero.do).toEqual({ do: 'to-queue', queue: null, why: 'zero' })
          }
          at = stepTree(whole, at.position, input)
        }
      }),
    )
  })

  test('an input twice, or an input too many, does no harm: the second is late', () => {
    const listening = walk('..1.')
    const late = stepTree(SAMPLE, listening.position, { type: 'prompt-finished' })
    expect(late).toEqual({ position: listening.position, do: { do: 'nothing' }, breaksOff: false })
  })
})

function withoutUnreachable(tree: IvrTree): IvrTree {
  const lost = checkTree(tree, KNOWN).flatMap(({ node, problem }) =>
    problem === 'unreachable' ? [node] : [],
  )
  return {
    ...tree,
    nodes: Object.fromEntries(Object.entries(tree.nodes).filter(([id]) => !lost.includes(id))),
  }
}

test('a tree that was never checked sends its caller to an agent', () => {
  const lost = changed({ open: undefined })
  expect(heard(walk('.', { tree: lost }))).toBe('queue of the line: broken')
  expect(heard(enterTree(changed({}, 'constructor'), true))).toBe('queue of the line: broken')
  const mute = changed({ hello: { name: '', kind: 'play', says: {}, next: 'hello' } })
  expect(heard(enterTree(mute, true))).toBe('queue of the line: too-long')
  const unknown: QueueId = asId('enterprise')
  expect(walk('..1.1.').do).toEqual({ do: 'to-queue', queue: unknown, why: 'chosen' })
})
