/** Invented people for the units' contacts: the same ones at each seeding. */

const SURNAMES = '林陈王符李吴周黄郑苏韩何许罗云冯唐高蔡陆温邱邢麦卓曾谢邓梁潘'
const GIVEN = [
  ...['海燕', '建华', '志明', '晓东', '丽娟', '文斌', '雪梅', '国强', '思敏', '永福', '春兰', '俊杰', '秀珍'],
  ...['立新', '少华', '慧敏', '仁杰', '亚男', '启航', '月娥', '德才', '诗雅', '振宇', '桂香', '子涵', '光明'],
  ...['雅婷', '明辉', '爱莲', '世昌', '玉洁', '学峰', '梦琪', '家豪', '晨曦', '克勤', '若兰'],
]

/** @param i counted over the whole city; as many different names as there are pairs */
export function inventedName(i: number): string {
  return `${SURNAMES[i % SURNAMES.length] ?? ''}${GIVEN[i % GIVEN.length] ?? ''}`
}

/** Nobody's numbers: no exchange begins with 1. */
export function inventedPhone(i: number): string {
  return `0898125${String(i).padStart(5, '0')}`
}
