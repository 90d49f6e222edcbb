import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '#database/types.ts'
import type { AreaCode } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { isProtectedRow } from '../secrecy/index.ts'
import type { SimilarOrder } from './schema.ts'
import { bigrams, dice } from './similarity.ts'

/** Of many candidates the newest are compared. */
const MOST_COMPARED = 200
const MOST_SHOWN = 5
/** Half of what two citizens say of one pothole differs; two potholes have less in common than this. */
const ALIKE = 0.3
/** A square is 1/200 of a degree, some 550 m from south to north; the order's own and the eight around it are near. */
const SQUARES_A_DEGREE = 200

export interface Near {
  readonly text: string
  /** The order's area and all in it. */
  readonly areas: readonly AreaCode[]
  readonly point: { readonly longitude: number; readonly latitude: number } | null
  readonly since: Instant
  /** The order itself. */
  readonly except: string | null
}

/**
 * Orders registered since then in the area or near the point that say the same, the most alike first. Protected
 * ones are never among them: that there is one would tell too much.
 */
export async function similarOrders(db: Kysely<Database>, near: Near): Promise<readonly SimilarOrder[]> {
  const said = bigrams(near.text)
  if (said.size === 0) return []
  const candidates = await candidatesNear(db, near)
  return candidates
    .map(({ text, opened_at, ...order }) => ({
      ...order,
      openedAt: opened_at.toISOString(),
      similarity: dice(said, bigrams(`${order.title}${text}`)),
    }))
    .filter(({ similarity }) => similarity >= ALIKE)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, MOST_SHOWN)
}

async function candidatesNear(db: Kysely<Database>, { areas, point, since, except }: Near) {
  const recent = db
    .selectFrom('work_orders')
    .select(['id', 'number', 'title', 'status', 'text', 'opened_at'])
    .where('opened_at', '>=', new Date(since))
    .where('status', 'not in', ['draft', 'void', 'merged'])
    .where(sql<SqlBool>`not ${isProtectedRow()}`)
    .orderBy('opened_at', 'desc')
    .limit(MOST_COMPARED)
  const found = await Promise.all([
    areas.length === 0 ? [] : recent.where('area_code', 'in', areas).execute(),
    point === null
      ? []
      : recent
          .where(
            sql<boolean>`floor(longitude * 200) = any(${squaresAround(point.longitude)}::double precision[])`,
          )
          .where(
            sql<boolean>`floor(latitude * 200) = any(${squaresAround(point.latitude)}::double precision[])`,
          )
          .where('longitude', 'is not', null)
          .execute(),
  ])
  return [...new Map(found.flat().map(order => [order.id as string, order])).values()].filter(
    ({ id }) => id !== except,
  )
}

function squaresAround(degrees: number): number[] {
  const square = Math.floor(degrees * SQUARES_A_DEGREE)
  return [square - 1, square, square + 1]
}
