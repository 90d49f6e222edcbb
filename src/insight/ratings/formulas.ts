import type { Formula } from '../intervals/index.ts'

const source = '本系统'

/** Beside each figure; a change of meaning is a new version. */
export const RATING_FORMULAS: readonly Formula[] = [
  {
    id: 'rating-asked',
    version: 1,
    nameZh: '邀评',
    nameEn: 'Asked',
    formulaZh: '时段内在通话结束时请市民按键评价的通话；计入市民最后与之通话的话务员、来话首个队列',
    formulaEn:
      'calls at whose end, in the period, the citizen was asked to press a key; counted for the agent spoken with last and for the first queue',
    source,
  },
  {
    id: 'rating-rate',
    version: 1,
    nameZh: '参评率',
    nameEn: 'Rating rate',
    formulaZh: '有评价 ÷ 邀评',
    formulaEn: 'rated ÷ asked',
    source,
  },
  {
    id: 'satisfaction',
    version: 1,
    nameZh: '满意率',
    nameEn: 'Satisfaction',
    formulaZh: '（非常满意 + 满意）÷ 有评价；未评价不计',
    formulaEn: '(very satisfied + satisfied) ÷ rated; those who did not rate are left out',
    source,
  },
]
