import type { PoolForm, PoolView } from '../../casework/masking/schema.ts'

export const POOL_FIELDS = [
  'name',
  'use',
  'first',
  'last',
  'restHours',
  'lowAt',
  'active',
] as const satisfies readonly (keyof PoolForm)[]

export const USES = ['secret', 'by-hand'] as const satisfies readonly PoolForm['use'][]
export const NUMBER_STATES = ['bound', 'resting', 'free'] as const

/** A month of rest: a citizen who calls an old number again usually does so within days. */
export const BLANK_POOL: PoolForm = {
  name: '',
  use: 'secret',
  first: '',
  last: '',
  restHours: 720,
  lowAt: 20,
  active: true,
}

export function formOf({ name, use, first, last, restHours, lowAt, active }: PoolView): PoolForm {
  return { name, use, first, last, restHours, lowAt, active }
}

/** How many numbers a range has; null: it is none. */
export function sizeOf({ first, last }: Pick<PoolForm, 'first' | 'last'>): number | null {
  const isRange = /^\d+$/.test(first) && /^\d+$/.test(last) && first.length === last.length && first <= last
  return isRange ? Number(last) - Number(first) + 1 : null
}

/** The shares of a pool in hundredths, as they are drawn; none that is there vanishes. */
export function shares({ total, bound, resting }: Pick<PoolView, 'total' | 'bound' | 'resting'>): {
  readonly bound: number
  readonly resting: number
} {
  const share = (count: number) => (count === 0 || total === 0 ? 0 : Math.max(1, (count / total) * 100))
  return { bound: share(bound), resting: share(resting) }
}
