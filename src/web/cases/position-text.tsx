import type { Position } from '../../cases/life/acts.ts'
import { useWords } from '../kit/language.tsx'

/** Where somebody stood, to be read, copied and searched for; no map is asked for it. */
export function PositionText({ position }: { readonly position: Position }) {
  const { t } = useWords()
  const { longitude, latitude, accuracyM } = position
  const where = t('position.where', { longitude: longitude.toFixed(6), latitude: latitude.toFixed(6) })
  return (
    <span>
      {where}
      {accuracyM !== undefined && `（${t('position.accuracy', { metres: accuracyM })}）`}
    </span>
  )
}
