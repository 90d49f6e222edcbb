import type { Formula } from '../intervals/index.ts'

export const SIGNED_IN: Formula = {
  id: 'signed-in',
  version: 1,
  nameZh: '在席时长',
  nameEn: 'Signed-in time',
  formulaZh: '各次签入至签出的时长之和 = 各状态时长之和；跨越时段的状态只计时段之内',
  formulaEn:
    'time from sign-in to sign-out, all sittings together = the sum of all states; only what lies in the period',
  source: '本系统',
}
