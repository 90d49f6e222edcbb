import { asId, type LineNumber, type QueueId } from '#kernel/ids.ts'
import type { IvrLanguage, IvrNode, IvrTree, Says as Sounds } from '../../contact-center/ivr/tree.ts'
import type { Drawing, DrawnNode, ProblemView, Said, Says } from './schema.ts'

const LANGUAGES: readonly IvrLanguage[] = ['zh', 'yue', 'en']

/** One thing said somewhere in a drawing. */
export interface Utterance {
  readonly node: string
  readonly language: IvrLanguage
  readonly said: Said
}

/** All that the callers can hear, in the order of the nodes; words left empty are not said. */
export function utterancesOf({ nodes }: Drawing): readonly Utterance[] {
  return Object.entries(nodes).flatMap(([node, drawn]) =>
    LANGUAGES.flatMap(language => {
      const said = saysOf(drawn)[language]
      return said !== undefined && isSaid(said) ? [{ node, language, said }] : []
    }),
  )
}

/** The drawing as the contact centre walks it: sounds for words. */
export function toTree(
  id: string,
  version: number,
  { start, nodes }: Drawing,
  idOf: (text: string, language: IvrLanguage) => string,
): IvrTree {
  const sounds = (says: Says): Sounds => {
    const pairs = LANGUAGES.flatMap(language => {
      const said = says[language]
      if (said === undefined || !isSaid(said)) return []
      return [[language, said.recording ?? idOf(said.text.trim(), language)] as const]
    })
    return Object.fromEntries(pairs)
  }
  const walked = Object.entries(nodes).map(([key, node]) => [key, toNode(node, sounds)] as const)
  return { id, version, start, nodes: Object.fromEntries(walked) }
}

function toNode(node: DrawnNode, sounds: (says: Says) => Sounds): IvrNode {
  switch (node.kind) {
    case 'hours':
      return node
    case 'queue': {
      const queue = node.queue === null ? null : asId<QueueId>(node.queue)
      return { ...node, queue, says: sounds(node.says) }
    }
    case 'line':
      return { ...node, line: asId<LineNumber>(node.line), queue: null, says: sounds(node.says) }
    // One by one: TypeScript does not follow a spread over the whole union.
    case 'play':
      return { ...node, says: sounds(node.says) }
    case 'menu':
      return { ...node, says: sounds(node.says) }
    case 'language':
      return { ...node, says: sounds(node.says) }
    case 'outside':
      return { ...node, says: sounds(node.says) }
    case 'hang-up':
      return { ...node, says: sounds(node.says) }
  }
}

/** A tree for callers: a line that it leads to has the queue it has now. */
export function withQueues(tree: IvrTree, queueOf: ReadonlyMap<LineNumber, QueueId>): IvrTree {
  const nodes = Object.entries(tree.nodes).map(([id, node]) => {
    const found = node.kind === 'line' ? { ...node, queue: queueOf.get(node.line) ?? null } : node
    return [id, found] as const
  })
  return { ...tree, nodes: Object.fromEntries(nodes) }
}

/** The problems by field, for a refusal: `nodes.<id>.<at>`; of several with one field the first. */
export function fieldsOf(problems: readonly ProblemView[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { node, at, problem } of problems) {
    const field = node === null ? 'start' : ['nodes', node, at].filter(part => part !== null).join('.')
    fields[field] ??= problem
  }
  return fields
}

function saysOf(node: DrawnNode): Says {
  return node.kind === 'hours' ? {} : node.says
}

function isSaid({ text, recording }: Said): boolean {
  return recording !== null || text.trim() !== ''
}
