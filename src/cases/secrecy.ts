/** 举报: whoever reports somebody is protected by law, whether they asked for it or not. */
export const PROTECTED_TYPES: readonly string[] = ['REPORT']

/** What of an order decides whether its citizen is hidden. */
export interface Secrecy {
  readonly secret: boolean
  readonly type: string | null
}

/**
 * The citizen behind it is shown to nobody who has not asked, with a reason that is on record; and who may read open
 * orders only (`order.read-open`) does not read it. `isProtectedRow` of casework/secrecy says the same in SQL.
 */
export function isProtected({ secret, type }: Secrecy): boolean {
  return secret || (type !== null && PROTECTED_TYPES.includes(type))
}
