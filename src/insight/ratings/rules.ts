import { share } from '../intervals/index.ts'
import type { RatingFigures, RatingRow } from './schema.ts'
import type { RatingCount } from './store.ts'

const GRADES = [1, 2, 3, 4, 5] as const

/** One row a group, in the order in which they first stand in the counts. */
export function ratingRows(counts: readonly RatingCount[]): RatingRow[] {
  const groups = Map.groupBy(counts, ({ key }) => key ?? '-')
  return [...groups].map(([key, own]) => ({
    key,
    nameZh: own[0]?.name_zh ?? '',
    nameEn: own[0]?.name_en ?? '',
    agentNumber: own[0]?.agent_number ?? null,
    ...ratingFigures(own),
  }))
}

export function ratingFigures(counts: readonly Pick<RatingCount, 'grade' | 'calls'>[]): RatingFigures {
  const of = (grade: number | null) =>
    counts.reduce((sum, one) => (one.grade === grade ? sum + one.calls : sum), 0)
  const grades = GRADES.map(of)
  const notRated = of(null)
  const rated = grades.reduce((sum, calls) => sum + calls, 0)
  const asked = rated + notRated
  return {
    asked,
    grades,
    notRated,
    rated: share(rated, asked),
    satisfied: share(of(1) + of(2), rated),
  }
}
