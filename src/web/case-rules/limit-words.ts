import type { Limit } from '../../cases/clocks/clock.ts'
import type { ByPriority, ClockLimits, ExtensionAllowance } from '../../cases/clocks/limits.ts'
import type { Words } from '../kit/language.tsx'
import { cellOf } from './cell-form.ts'
import type { Places } from './differences.ts'
import { EXTENDED, KINDS, OTHER_TYPES } from './limit-form.ts'

type T = Words['t']
type Cell = readonly [place: string, text: string]

function limitWords(t: T, limit: Limit): string {
  const { amount, unit } = cellOf(limit)
  return `${amount} ${t(`case-rules.unit.${unit}`)}`
}

function extensionWords(t: T, { times, most, leaderFrom }: ExtensionAllowance): string {
  const leader =
    leaderFrom === null ? t('case-rules.leader.never') : t('case-rules.leader.from', { from: leaderFrom })
  return `${times} ${t('case-rules.times')}，${t('case-rules.most')} ${limitWords(t, most)}，${leader}`
}

function rowCells<Value>(
  name: string,
  row: ByPriority<Value>,
  types: ReadonlyMap<string, string>,
  words: (cell: Value | null) => string,
): Cell[] {
  return [
    [`${name} · P1`, words(row.P1)],
    [`${name} · P2`, words(row.P2)],
    ...Object.entries(row.P3).map(
      ([code, cell]): Cell => [`${name} · P3 ${types.get(code) ?? code}`, words(cell)],
    ),
  ]
}

/** The parts of the limits in words, cell by cell. */
export const LIMIT_PARTS = {
  limits: (t: T, { limits }: ClockLimits, types: ReadonlyMap<string, string>) =>
    KINDS.flatMap(kind =>
      rowCells(t(`case-rules.kind.${kind}`), limits[kind], types, cell =>
        cell === null ? t('case-rules.none') : limitWords(t, cell),
      ),
    ),
  extensions: (t: T, { extensions }: ClockLimits, types: ReadonlyMap<string, string>) =>
    EXTENDED.flatMap(kind => {
      const row = extensions[kind]
      const name = `${t('case-rules.part.extensions')} · ${t(`case-rules.kind.${kind}`)}`
      return row === undefined
        ? []
        : rowCells(name, row, types, cell =>
            cell === null ? t('case-rules.no-extension') : extensionWords(t, cell),
          )
    }),
  hours: (t: T, { hours }: ClockLimits): Cell[] => [
    [t('case-rules.part.hours'), hours.map(({ from, to }) => `${from}–${to}`).join(t('case-rules.or'))],
  ],
  dispatch: (t: T, { dispatch }: ClockLimits) =>
    (['capMs', 'floorMs'] as const).map(
      (name): Cell => [
        `${t('case-rules.part.dispatch')} · ${t(`case-rules.dispatch.${name}`)}`,
        limitWords(t, { unit: 'wall', ms: dispatch[name] }),
      ],
    ),
  escalateSignAfterMs: (t: T, { escalateSignAfterMs }: ClockLimits) =>
    escalateSignAfterMs.map(
      (ms, index): Cell => [
        `${t('case-rules.part.escalateSignAfterMs')} ${index + 1}`,
        limitWords(t, { unit: 'wall', ms }),
      ],
    ),
}

export type LimitPart = keyof typeof LIMIT_PARTS
export const LIMIT_PART_NAMES = ['limits', 'extensions', 'hours', 'dispatch', 'escalateSignAfterMs'] as const

/** @param types the names of order types by their codes */
export function limitPlaces(t: T, limits: ClockLimits, types: ReadonlyMap<string, string>): Places {
  const named = new Map([...types, [OTHER_TYPES, t('case-rules.others')]])
  return new Map(LIMIT_PART_NAMES.flatMap(part => LIMIT_PARTS[part](t, limits, named)))
}
