import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { type Area, AreaIndex } from './areas.ts'

const area = (code: string, parent: string | null, name: string, ...aliases: readonly string[]): Area => ({
  code: asId(code),
  parent: parent === null ? null : asId(parent),
  name,
  aliases,
})
const index = new AreaIndex([
  area('460100', null, '海棠市'),
  area('460107', '460100', '明珠区'),
  area('460107001', '460107', '海秀街道', '海秀东路', '海秀西路'),
  area('460107001001', '460107001', '新民社区', '海棠花园', '海秀西路'),
  area('460107002', '460107', '金贸街道'),
  area('460107002001', '460107002', '新民里社区', '长虹路'),
  area('460108', '460100', '琼台区'),
  area('460108001', '460108', '府城街道'),
  area('460108001001', '460108001', '新民社区', '长虹路'),
])

describe('locating a text', () => {
  test.each([
    ['the smallest area that it names', '明珠区海秀街道新民社区 3 号楼', '460107001001'],
    ['the longer of two names that begin alike', '新民里社区门口', '460107002001'],
    ['an estate', '海棠花园 2 栋', '460107001001'],
    ['a road', '海秀东路 12 号', '460107001'],
    ['of two that a name stands for the inner one', '海秀西路', '460107001001'],
    ['of two of one name that in the district', '琼台区新民社区', '460108001001'],
    [
      'what most of it agrees with, before another district that is named',
      '明珠区来的人住琼台区府城街道',
      '460108001',
    ],
    ['full-width digits and blanks make no difference', '府 城 街 道　１号', '460108001'],
  ])('%s', (_, text, code) => expect(index.locate(text)).toEqual({ area: code, candidates: [] }))

  test('tells which areas it may mean, and the one around them', () => {
    expect(index.locate('新民社区')).toEqual({ area: '460100', candidates: ['460107001001', '460108001001'] })
    expect(index.locate('明珠区和琼台区之间')).toEqual({ area: '460100', candidates: ['460107', '460108'] })
  })

  test('knows nothing of other places', () => {
    expect(index.locate('北京市朝阳区')).toEqual({ area: null, candidates: [] })
    expect(index.locate('')).toEqual({ area: null, candidates: [] })
  })
})

test('an area with those around it, and those in it', () => {
  expect(index.chain(asId('460107001001'))).toEqual(['460107001001', '460107001', '460107', '460100'])
  expect(index.chain(asId('990000'))).toEqual([])
  expect(index.within(asId('460108'))).toEqual(['460108', '460108001', '460108001001'])
  expect(index.fullName(asId('460107001001'))).toBe('明珠区海秀街道新民社区')
  expect(index.fullName(asId('460100'))).toBe('海棠市')
})
