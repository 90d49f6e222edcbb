import { describe, expect, it, test } from 'vitest'
import { changedParts, hasFields } from './changed-parts.ts'
import { Drafts } from './drafts.ts'
import { problemWithin, withoutFields } from './fields.ts'
import { differing, isSame, merged } from './merge.ts'

interface Form {
  readonly name: string
  readonly steps: readonly { readonly by: number }[]
  readonly most: number | null
}
const BASE: Form = { name: '综合', steps: [{ by: 1 }], most: null }
const FIELDS = ['name', 'steps', 'most'] as const

describe('two who saved', () => {
  it('differ by what their values are, not by how they were written', () => {
    expect(isSame({ a: 1, b: [{ c: 2, d: null }] }, { b: [{ d: null, c: 2 }], a: 1 })).toBe(true)
    expect(isSame([1, 2], [2, 1])).toBe(false)
    expect(differing(FIELDS, BASE, { ...BASE, steps: [{ by: 2 }], most: 3 })).toEqual(['steps', 'most'])
  })

  it('are joined field by field', () => {
    const mine = { ...BASE, name: '我的', most: 9 }
    const theirs: Form = { ...BASE, name: '他的', steps: [] }
    expect(merged(mine, theirs, new Set(['most'] as const))).toEqual({ name: '他的', steps: [], most: 9 })
    expect(merged(mine, theirs, new Set())).toEqual(theirs)
  })
})

describe('what is wrong', () => {
  const problems = { name: 'required', 'steps.1.by': 'required', 'steps.10.by': 'unknown' }

  it('is found at the field and inside it', () => {
    expect(problemWithin(problems, 'steps.1')).toBe('required')
    expect(problemWithin(problems, 'steps.10.by')).toBe('unknown')
    expect(problemWithin(problems, 'step')).toBeUndefined()
  })

  it('is forgotten once the field has been changed', () => {
    expect(withoutFields(problems, ['steps'])).toEqual({ name: 'required' })
    expect(withoutFields(problems, ['steps.1'])).toEqual({ name: 'required', 'steps.10.by': 'unknown' })
  })
})

describe('a change', () => {
  const views = [
    { field: 'name', label: '名称', show: (form: Form) => form.name },
    { field: 'most', label: '上限', show: (form: Form) => String(form.most ?? '无') },
  ] as const
  const is = hasFields<Form>(FIELDS)

  it('shows both sides of what is different', () => {
    expect(changedParts(views, BASE, { ...BASE, most: 3 }, is)).toEqual([
      { label: '上限', before: '无', after: '3' },
    ])
  })
  it('shows what was added whole, and nothing of a form it does not know', () => {
    expect(changedParts(views, null, BASE, is)).toEqual([
      { label: '名称', before: null, after: '综合' },
      { label: '上限', before: null, after: '无' },
    ])
    expect(changedParts(views, null, { name: '旧' }, is)).toEqual([])
  })
})

test('drafts are told to whoever watches, and forgotten one by one', () => {
  const drafts = new Drafts<Form, Form>()
  let told = 0
  const stop = drafts.watch(() => {
    told += 1
  })
  drafts.set('a', { base: null, form: BASE })
  drafts.set('b', { base: BASE, form: BASE })
  drafts.forget('a')
  stop()
  drafts.forget('b')
  expect(told).toBe(3)
  expect([...drafts.all().keys()]).toEqual([])
})
