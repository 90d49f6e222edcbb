import type { Drawing, DrawnNode } from '../../floor/ivr/schema.ts'
import { branchesOf, nodeOf } from './drawing.ts'

/** What differs between two drawings, node by node. */
export interface Difference {
  readonly node: string
  readonly name: string
  readonly what: 'added' | 'removed' | 'changed'
  /** Of a changed node. */
  readonly fields: readonly FieldChange[]
}
export interface FieldChange {
  /** `name`, `says.zh`, a key, `queue` …; a way on names the node it leads to. */
  readonly field: string
  readonly before: string
  readonly after: string
}

export function compare(before: Drawing, after: Drawing): readonly Difference[] {
  const ids = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])]
  const nodes = ids.flatMap((id): Difference[] => {
    const old = nodeOf(before, id)
    const now = nodeOf(after, id)
    if (old === undefined) return [{ node: id, name: now?.name ?? '', what: 'added', fields: [] }]
    if (now === undefined) return [{ node: id, name: old.name, what: 'removed', fields: [] }]
    const fields = changes(fieldsOf(before, id, old), fieldsOf(after, id, now))
    return fields.length === 0 ? [] : [{ node: id, name: now.name, what: 'changed', fields }]
  })
  if (before.start === after.start) return nodes
  const start = { field: 'start', before: nameOf(before, before.start), after: nameOf(after, after.start) }
  return [{ node: after.start, name: nameOf(after, after.start), what: 'changed', fields: [start] }, ...nodes]
}

function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FieldChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(field => {
    const change = { field, before: before.get(field) ?? '', after: after.get(field) ?? '' }
    return change.before === change.after ? [] : [change]
  })
}

function fieldsOf(drawing: Drawing, id: string, node: DrawnNode): ReadonlyMap<string, string> {
  const fields = new Map<string, string>([
    ['name', node.name],
    ['kind', node.kind],
  ])
  if (node.kind !== 'hours') {
    for (const [language, said] of Object.entries(node.says)) {
      fields.set(`says.${language}`, said.text)
      if (said.recording !== null) fields.set(`recording.${language}`, said.recording)
    }
  }
  for (const { by, to } of branchesOf(drawing, id)) fields.set(by, to === null ? '—' : nameOf(drawing, to))
  if (node.kind === 'language') {
    for (const [key, choice] of Object.entries(node.keys)) fields.set(`language.${key}`, choice.language)
  }
  if (node.kind === 'menu' || node.kind === 'language') {
    fields.set('wait', `${node.waitMs / 1_000} s`)
    fields.set('repeat', String(node.repeat))
  }
  if (node.kind === 'queue') fields.set('queue', node.queue ?? '')
  if (node.kind === 'line') fields.set('line', node.line)
  if (node.kind === 'outside') fields.set('number', node.number)
  return fields
}

function nameOf(drawing: Drawing, id: string): string {
  return nodeOf(drawing, id)?.name ?? id
}
