import { useMemo } from 'react'
import { useAreas } from './use-units.ts'

/** An area with those around it, without the city: `明珠区 · 海秀街道`; its code while it is not known. */
export function useAreaNames(): (code: string) => string {
  const areas = useAreas().data
  return useMemo(() => {
    const byCode = new Map(areas?.map(area => [area.code, area]))
    const nameOf = (code: string): string => {
      const area = byCode.get(code)
      if (area === undefined) return code
      const around = area.parent === null ? undefined : byCode.get(area.parent)
      return around === undefined || around.parent === null
        ? area.name
        : `${nameOf(around.code)} · ${area.name}`
    }
    return nameOf
  }, [areas])
}
