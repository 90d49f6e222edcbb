import { describe, expect, it } from 'vitest'
import { categoryAreas, changedByMe, differingFields, EMPTY_INPUT, merged } from './order-input.ts'

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

describe('the categories to choose from', () => {
  it('are the lowest ones only, found by path and code', () => {
    expect(
      categoryAreas([
        { code: '1', parentCode: null, nameZh: '城市管理类' },
        { code: '1-02', parentCode: '1', nameZh: '噪声扰民' },
        { code: '1-02-003', parentCode: '1-02', nameZh: '广场舞' },
      ]),
    ).toEqual([
      {
        label: '城市管理类 / 噪声扰民',
        options: [
          {
            value: '1-02-003',
            label: '广场舞',
            path: '城市管理类 / 噪声扰民 / 广场舞',
            search: '城市管理类 / 噪声扰民 / 广场舞 1-02-003',
          },
        ],
      },
    ])
  })

  it('lose none whose parent is missing', () => {
    expect(categoryAreas([{ code: '0302', parentCode: '03', nameZh: '广场舞' }])).toMatchObject([
      { label: '', options: [{ value: '0302' }] },
    ])
  })
})
