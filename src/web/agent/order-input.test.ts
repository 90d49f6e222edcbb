import { describe, expect, it } from 'vitest'
import { categoryTree, changedByMe, differingFields, EMPTY_INPUT, merged } from './order-input.ts'

describe('two versions of an order', () => {
  const base = { ...EMPTY_INPUT, title: '停水', place: '东城', text: '三天' }
  const mine = { ...base, title: '小区停水', secret: true }
  const theirs = { ...base, title: '停水三天', place: '东城区' }

  it('differ where either side has changed', () => {
    expect(differingFields(mine, theirs)).toEqual(['title', 'place', 'secret'])
    expect(differingFields(mine, mine)).toEqual([])
  })

  it('are mine where I have written', () => {
    const fields = differingFields(mine, theirs)
    expect(changedByMe(base, mine, fields)).toEqual(['title', 'secret'])
    expect(changedByMe(null, mine, fields)).toEqual(fields)
  })

  it('merge as chosen', () => {
    expect(merged(mine, theirs, new Set(['title', 'secret']))).toEqual({
      ...base,
      title: '小区停水',
      place: '东城区',
      secret: true,
    })
    expect(merged(mine, theirs, new Set())).toEqual(theirs)
  })
})

describe('the category tree', () => {
  it('nests by parent and can be searched by path and code', () => {
    const [root] = categoryTree([
      { code: '03', parentCode: null, nameZh: '噪音扰民' },
      { code: '0302', parentCode: '03', nameZh: '广场舞' },
    ])
    expect(root?.children[0]).toEqual({
      value: '0302',
      title: '广场舞',
      path: '噪音扰民 / 广场舞',
      search: '噪音扰民 / 广场舞 0302',
      children: [],
    })
  })

  it('loses none whose parent is missing', () => {
    expect(categoryTree([{ code: '0302', parentCode: '03', nameZh: '广场舞' }])).toHaveLength(1)
  })
})
