import type { OpeningHours, UnitDuty, UnitKind } from '#database/types.ts'
import { type AreaCode, asId, type UnitId } from '#kernel/ids.ts'
import type { Priority } from '../../cases/life/order.ts'
import type { CityCalendar } from '../../floor/calendar/index.ts'
import { type Area, AreaIndex } from './areas.ts'
import { plainText, WordIndex } from './word-index.ts'

export interface DutyRule {
  readonly id: string
  readonly position: number
  readonly categoryPrefix: string | null
  readonly areaCode: AreaCode | null
  readonly hours: readonly OpeningHours[] | null
  readonly anyWords: readonly string[]
  readonly allWords: readonly string[]
  readonly noWords: readonly string[]
  readonly lead: string
  readonly coUnits: readonly string[]
  readonly personName: string | null
  readonly personDuty: UnitDuty | null
  readonly personField: string | null
  readonly priority: Exclude<Priority, 'P0'> | null
  readonly note: string
  readonly version: number
}

export interface CatalogueUnit {
  readonly id: UnitId
  readonly name: string
  readonly kind: UnitKind
  readonly area: AreaCode | null
}

export interface Contact {
  readonly unit: UnitId
  readonly duty: UnitDuty
  readonly name: string
  readonly field: string | null
  /** Their own, or the unit's; null: round the clock. */
  readonly hours: readonly OpeningHours[] | null
}

export interface PriorityWord {
  readonly word: string
  readonly priority: 'P0' | 'P1' | 'P2'
  readonly emergency: '110' | '119' | '120' | '122' | null
}

/** As the tables have it. Only units that take orders, and nobody of another. */
export interface CatalogueRows {
  readonly rules: readonly DutyRule[]
  readonly areas: readonly Area[]
  readonly units: readonly CatalogueUnit[]
  readonly contacts: readonly Contact[]
  readonly categories: readonly { readonly code: string; readonly name: string }[]
  readonly categoryWords: readonly { readonly code: string; readonly word: string }[]
  readonly priorityWords: readonly PriorityWord[]
  readonly calendar: CityCalendar
}

/** The unit that answers for a place, by what it is called in a rule. */
const LOCAL: Readonly<Record<string, (unit: CatalogueUnit) => boolean>> = {
  '{community}': ({ kind }) => kind === 'community',
  '{street}': ({ kind }) => kind === 'street',
  '{district}': ({ kind }) => kind === 'district',
  '{justice-office}': ({ kind, name }) => kind === 'office' && name.endsWith('司法所'),
}

/** Where there is none nearer: a place without a community's unit belongs to its street, that to its district. */
const NEXT: Readonly<Record<string, string>> = {
  '{community}': '{street}',
  '{justice-office}': '{street}',
  '{street}': '{district}',
}

export const PLACEHOLDERS: readonly string[] = Object.keys(LOCAL)

/** All that a suggestion is worked out from but the order itself and what went before. */
export class DispatchCatalogue {
  readonly rules: readonly (DutyRule & {
    readonly plain: Record<'any' | 'all' | 'none', readonly string[]>
  })[]
  readonly areas: AreaIndex
  readonly units: ReadonlyMap<UnitId, CatalogueUnit>
  readonly contacts: readonly Contact[]
  readonly categories: ReadonlyMap<string, string>
  readonly categoryWords: WordIndex<string>
  readonly priorityWords: WordIndex<PriorityWord>
  readonly calendar: CityCalendar
  private readonly local: ReadonlyMap<string, UnitId>

  constructor(rows: CatalogueRows) {
    this.rules = rows.rules.map(rule => ({
      ...rule,
      plain: {
        any: rule.anyWords.map(plainText),
        all: rule.allWords.map(plainText),
        none: rule.noWords.map(plainText),
      },
    }))
    this.areas = new AreaIndex(rows.areas)
    this.units = new Map(rows.units.map(unit => [unit.id, unit]))
    this.contacts = rows.contacts
    this.categories = new Map(rows.categories.map(({ code, name }) => [code, name]))
    this.categoryWords = new WordIndex(rows.categoryWords.map(({ word, code }) => [word, code]))
    this.priorityWords = new WordIndex(rows.priorityWords.map(word => [word.word, word]))
    this.calendar = rows.calendar
    this.local = new Map(
      PLACEHOLDERS.flatMap(placeholder =>
        rows.units
          .filter(unit => unit.area !== null && LOCAL[placeholder]?.(unit))
          .map(unit => [`${placeholder} ${unit.area}`, unit.id] as const)
          // Of two that answer for one area the first stands.
          .toReversed(),
      ),
    )
  }

  /** @param ref as a rule names it; null: nobody takes orders there, or the place is not known well enough */
  unit(ref: string, area: AreaCode | null): UnitId | null {
    if (!ref.startsWith('{')) return this.units.get(asId(ref))?.id ?? null
    const chain = this.areas.chain(area)
    for (let at: string | undefined = ref; at !== undefined; at = NEXT[at]) {
      for (const code of chain) {
        const unit = this.local.get(`${at} ${code}`)
        if (unit !== undefined) return unit
      }
    }
    return null
  }
}
