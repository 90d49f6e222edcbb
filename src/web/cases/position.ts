import type { Position } from '../../cases/life/acts.ts'

/** Why there is no position: the page may not ask, somebody said no, the device knows none, in time, or a wrong one. */
export type NoPosition = 'insecure' | 'refused' | 'unavailable' | 'timeout' | 'abroad'
export type PositionAnswer =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly why: NoPosition }

/** Longer than a phone needs under a bridge; who stands in the rain is not kept waiting. */
const TIMEOUT_MS = 15_000

/** Asks the device where it is now: only ever on somebody's click, since the browser may ask them in turn. */
export function askPosition(): Promise<PositionAnswer> {
  if (!window.isSecureContext) return Promise.resolve({ ok: false, why: 'insecure' })
  return new Promise(resolve => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(positionOf(coords)),
      ({ code }) => resolve({ ok: false, why: whyNone(code) }),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 0 },
    )
  })
}

/** To a decimetre, and the metres of doubt rounded up: no more than a device knows. Beyond these bounds it errs. */
export function positionOf(
  coords: Pick<GeolocationCoordinates, 'longitude' | 'latitude' | 'accuracy'>,
): PositionAnswer {
  const [longitude, latitude] = [rounded(coords.longitude), rounded(coords.latitude)]
  if (longitude < 70 || longitude > 140 || latitude < 0 || latitude > 60) return { ok: false, why: 'abroad' }
  const accuracyM = Math.min(Math.ceil(coords.accuracy), 100_000)
  return { ok: true, position: { longitude, latitude, accuracyM } }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** The codes of GeolocationPositionError. */
export function whyNone(code: number): NoPosition {
  return code === 1 ? 'refused' : code === 3 ? 'timeout' : 'unavailable'
}

/** A position as the trail keeps it; null for anything else. */
export function positionIn(value: unknown): Position | null {
  if (typeof value !== 'object' || value === null) return null
  const { longitude, latitude, accuracyM }: Partial<Record<keyof Position, unknown>> = value
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return null
  return { longitude, latitude, ...(typeof accuracyM === 'number' ? { accuracyM } : {}) }
}
