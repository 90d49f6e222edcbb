/** A document of rules in words: what stands at each place, by the place's name. */
export type Places = ReadonlyMap<string, string>

/** A place at which two versions differ; null: one of them has nothing there. */
export interface Difference {
  readonly place: string
  readonly before: string | null
  readonly after: string | null
}

export function differences(before: Places, after: Places): readonly Difference[] {
  const places = [...new Set([...before.keys(), ...after.keys()])]
  return places
    .map(place => ({ place, before: before.get(place) ?? null, after: after.get(place) ?? null }))
    .filter(one => one.before !== one.after)
}

/** One part of a document, for whoever chooses between two who saved. */
export function linesOf(places: Places): string {
  return [...places].map(([place, text]) => `${place}：${text}`).join('\n')
}
