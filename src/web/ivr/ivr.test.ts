import { describe, expect, test } from 'vitest'
import type { Drawing, DrawnNode } from '../../floor/ivr/schema.ts'
import { compare } from './compare.ts'
import {
  add,
  branchesOf,
  isRemovable,
  lead,
  move,
  openSlots,
  remove,
  swapKeys,
  withNode,
  withoutKey,
} from './drawing.ts'
import { begin, change, redo, undo } from './history.ts'
import { CARD, layOut, STUB } from './layout.ts'
import { TEMPLATES } from './templates.ts'

const [, { form }] = TEMPLATES
const DRAWING: Drawing = form.draft
const ways = (drawing: Drawing, id: string) =>
  Object.fromEntries(branchesOf(drawing, id).map(({ by, to }) => [by, to]))

describe('a drawing', () => {
  test('a node is added where a way ends, and before what a way leads to', () => {
    const first = add(DRAWING, { node: 'menu', by: '4' }, 'play', '公告')
    expect(ways(first.drawing, 'menu')).toEqual({
      1: 'enquiries',
      2: 'complaints',
      3: 'business',
      4: first.id,
    })
    const between = add(DRAWING, { node: 'greeting', by: 'next' }, 'hours', '工作时间')
    expect(ways(between.drawing, 'greeting')).toEqual({ next: between.id })
    expect(ways(between.drawing, between.id)).toEqual({ open: 'menu', closed: null })
    expect(ways(DRAWING, 'greeting')).toEqual({ next: 'menu' })
  })

  test('an announcement that is removed gives way, a menu takes its own with it', () => {
    expect(remove(DRAWING, 'greeting')).toMatchObject({ start: 'menu' })
    const shared = lead(DRAWING, { node: 'menu', by: '3' }, 'complaints')
    const { drawing } = add(shared, { node: 'menu', by: '1' }, 'menu', '下级')
    const without = remove(drawing, ways(drawing, 'menu')['1'] ?? '')
    expect(Object.keys(without.nodes)).toEqual(['greeting', 'menu', 'complaints', 'business'])
    expect(ways(without, 'menu')).toEqual({ 1: null, 2: 'complaints', 3: 'complaints' })
    const { greeting: _, ...nodes } = DRAWING.nodes
    const bare: Drawing = { start: 'menu', nodes }
    expect(isRemovable(bare, 'menu')).toBe(false)
    expect(remove(bare, 'menu')).toBe(bare)
  })

  test('a node is moved to an open way or a free key, never below itself', () => {
    const { drawing, id } = add(DRAWING, { node: 'menu', by: '5' }, 'menu', '下级')
    const moved = move(drawing, 'business', { node: 'menu', by: '3' }, { node: id, by: '1' })
    expect(ways(moved, 'menu')).toMatchObject({ 3: null, 5: id })
    expect(ways(moved, id)).toEqual({ 1: 'business' })
    expect(openSlots(drawing, 'menu')).toEqual([])
    expect(openSlots(moved, 'business')).toContainEqual(expect.objectContaining({ node: 'menu', by: '3' }))
  })

  test('keys change places, and go', () => {
    expect(ways(swapKeys(DRAWING, 'menu', '1', '2'), 'menu')).toMatchObject({
      1: 'complaints',
      2: 'enquiries',
    })
    expect(ways(swapKeys(DRAWING, 'menu', '1', '9'), 'menu')).toEqual({
      2: 'complaints',
      3: 'business',
      9: 'enquiries',
    })
    expect(ways(withoutKey(DRAWING, 'menu', '1'), 'menu')).toEqual({ 2: 'complaints', 3: 'business' })
  })
})

test.each(TEMPLATES.map(({ key, form: { draft } }) => [key, draft] as const))(
  'the template %s is laid out without overlap',
  (_, draft) => void expectApart(draft),
)

test('so is one that goes back, ends open, and has lost a part', () => {
  const back = lead(lead(DRAWING, { node: 'menu', by: '9' }, 'greeting'), { node: 'menu', by: '8' }, null)
  const lost: DrawnNode = { name: '散', kind: 'play', says: {}, next: 'menu' }
  const layout = expectApart(withNode(back, 'lost', lost))
  expect(layout.cards.find(({ id }) => id === 'lost')).toMatchObject({ lost: true, from: null })
  expect(layout.stubs.map(({ branch }) => [branch.by, branch.to])).toEqual([
    ['8', null],
    ['9', 'greeting'],
    ['next', 'menu'],
  ])
})

function expectApart(drawing: Drawing) {
  const layout = layOut(drawing)
  expect(layout.cards.map(({ id }) => id).sort()).toEqual(Object.keys(drawing.nodes).sort())
  const boxes = [
    ...layout.cards.map(({ x, y }) => ({ x, y, ...CARD })),
    ...layout.stubs.map(({ x, y }) => ({ x, y, ...STUB })),
  ]
  boxes.forEach((one, i) => {
    expect(one.x + one.width).toBeLessThanOrEqual(layout.width)
    expect(one.y + one.height).toBeLessThanOrEqual(layout.height)
    for (const other of boxes.slice(i + 1)) {
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y
      expect(apart).toBe(true)
    }
  })
  return layout
}

test('what was done is undone and done again; typing is one step', () => {
  const typed = change(change(change(begin('a'), 'b'), 'bc', 'text'), 'bcd', 'text')
  expect(undo(typed).now).toBe('b')
  expect(undo(undo(typed)).now).toBe('a')
  expect(undo(undo(undo(typed))).now).toBe('a')
  expect(redo(undo(typed)).now).toBe('bcd')
  expect(change(undo(typed), 'x').future).toEqual([])
  expect(redo(typed).now).toBe('bcd')
})

test('two drawings are compared node by node', () => {
  const menu = DRAWING.nodes.menu
  if (menu?.kind !== 'menu') throw new Error('no menu')
  const { enquiries: _, ...nodes } = DRAWING.nodes
  const after: Drawing = {
    start: 'menu',
    nodes: {
      ...nodes,
      menu: { ...menu, repeat: 2, keys: { ...menu.keys, 1: 'duty' } },
      duty: { name: '值班', kind: 'outside', says: {}, number: '110' },
    },
  }
  expect(compare(DRAWING, DRAWING)).toEqual([])
  expect(compare(DRAWING, after)).toEqual([
    {
      node: 'menu',
      name: '主菜单',
      what: 'changed',
      fields: [{ field: 'start', before: '欢迎语', after: '主菜单' }],
    },
    {
      node: 'menu',
      name: '主菜单',
      what: 'changed',
      fields: [
        { field: '1', before: '咨询求助', after: '值班' },
        { field: 'repeat', before: '0', after: '2' },
      ],
    },
    { node: 'enquiries', name: '咨询求助', what: 'removed', fields: [] },
    { node: 'duty', name: '值班', what: 'added', fields: [] },
  ])
})
