import type { AreaCode } from '#kernel/ids.ts'
import { WordIndex } from './word-index.ts'

export interface Area {
  readonly code: AreaCode
  readonly parent: AreaCode | null
  readonly name: string
  /** Roads, estates, landmarks. */
  readonly aliases: readonly string[]
}

export interface Located {
  /** The area that the text names; of several that it may mean, the one around them all. */
  readonly area: AreaCode | null
  /** Two or more: the text may mean any of them. */
  readonly candidates: readonly AreaCode[]
}

const NOWHERE: Located = { area: null, candidates: [] }

/** The areas of the city, in memory. */
export class AreaIndex {
  private readonly byCode: ReadonlyMap<AreaCode, Area>
  private readonly inside = new Map<AreaCode, AreaCode[]>()
  private readonly names: WordIndex<AreaCode>

  constructor(areas: readonly Area[]) {
    this.byCode = new Map(areas.map(area => [area.code, area]))
    for (const { code } of areas) {
      for (const around of this.chain(code)) {
        const inside = this.inside.get(around)
        if (inside === undefined) this.inside.set(around, [code])
        else inside.push(code)
      }
    }
    this.names = new WordIndex(
      areas.flatMap(({ code, name, aliases }) => [name, ...aliases].map(word => [word, code] as const)),
    )
  }

  has(code: AreaCode): boolean {
    return this.byCode.has(code)
  }

  /** The area itself, then those around it, the city last. */
  chain(code: AreaCode | null): readonly AreaCode[] {
    const chain: AreaCode[] = []
    for (let at = code; at !== null && !chain.includes(at); at = this.byCode.get(at)?.parent ?? null) {
      if (this.byCode.has(at)) chain.push(at)
    }
    return chain
  }

  /** The area itself and all in it. */
  within(code: AreaCode): readonly AreaCode[] {
    return this.inside.get(code) ?? []
  }

  /** With the areas around it, but for the city's own name: 明珠区海秀街道. */
  fullName(code: AreaCode): string {
    const chain = this.chain(code).map(one => this.byCode.get(one)?.name ?? '')
    return (chain.length > 1 ? chain.slice(0, -1) : chain).toReversed().join('')
  }

  /**
   * The area that most of what the text names agrees with, by length; of those that agree alike, one within another
   * wins. A road through three communities is ambiguous, until the text names one of them or its street.
   */
  locate(text: string): Located {
    const named = this.names.find(text)
    const areas = [...new Set(named.flatMap(({ values }) => values))]
    const weighed = areas.map(area => {
      const chain = new Set(this.chain(area))
      const agreeing = named.filter(({ values }) => values.some(one => chain.has(one)))
      return { area, support: agreeing.reduce((sum, { word }) => sum + word.length, 0) }
    })
    const best = Math.max(...weighed.map(({ support }) => support))
    const alike = weighed.filter(({ support }) => support === best).map(({ area }) => area)
    const candidates = alike.filter(
      area => !alike.some(other => other !== area && this.chain(other).includes(area)),
    )
    const [first, ...others] = candidates
    if (first === undefined) return NOWHERE
    return others.length === 0
      ? { area: first, candidates: [] }
      : { area: this.around(candidates), candidates }
  }

  /** The smallest area that holds them all. */
  private around(codes: readonly AreaCode[]): AreaCode | null {
    const [first, ...others] = codes.map(code => this.chain(code))
    return first?.find(code => others.every(chain => chain.includes(code))) ?? null
  }
}
