/** Chance with a seed: the same seed gives the same day (mulberry32). */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A stream of its own for one person, so that leaving another out changes nothing for this one. */
  static of(seed: number, person: string): Random {
    let hash = 2_166_136_261 ^ seed
    for (let index = 0; index < person.length; index++) {
      hash = Math.imul(hash ^ person.charCodeAt(index), 16_777_619)
    }
    return new Random(hash)
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  between(least: number, most: number): number {
    return Math.floor(least + this.next() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Exponential with this mean: talk times, patience. */
  around(mean: number): number {
    return Math.ceil(-Math.log(1 - this.next()) * mean)
  }
}
