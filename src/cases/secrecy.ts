/** 举报: whoever reports somebody is protected by law, whether they asked for it or not. */
export const REPORT = 'REPORT'

/** What of an order decides whether its citizen is hidden. */
export interface Secrecy {
  readonly secret: boolean
  readonly type: string | null
}

/** The citizen behind it is shown to nobody who has not asked, with a reason that is on record. */
export function isProtected({ secret, type }: Secrecy): boolean {
  return secret || type === REPORT
}
