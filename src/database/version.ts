import { Type } from 'typebox'

/** A row's version as HTTP carries it: sent as ETag, given back as If-Match by whoever edited that version. */
export const IfMatch = Type.Object({ 'if-match': Type.String({ pattern: '^"?[0-9]{1,9}"?$' }) })

export function editedVersion(headers: { readonly 'if-match': string }): number {
  return Number(headers['if-match'].replaceAll('"', ''))
}

export function etagOf({ version }: { readonly version: number }): string {
  return `"${version}"`
}
