/** As the service takes them. */
export const LONGEST_REASON = 500
export const MOST_CALLS_A_DAY = 200
export const MOST_TALK_MINUTES = 240
