import type { Masking } from './ports.ts'

/** A city without short numbers. */
export const NO_MASKING: Masking = {
  arrival: () => null,
  offer: () => null,
  answer: () => ({ answer: 'refuse', why: 'mask-unbound', binding: null, order: null }),
}
