interface MonthDay {
  /** YYYY-MM-DD */
  readonly day: string
  /** 1 is Monday. */
  readonly weekday: number
}

/** The days of a month, and the weekdays before its first, so that columns are weekdays from Monday. */
export function daysOfMonth(
  year: number,
  month: number,
): { readonly before: readonly number[]; readonly days: readonly MonthDay[] } {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const days = Array.from({ length: count }, (_, index): MonthDay => {
    const date = new Date(Date.UTC(year, month - 1, index + 1))
    return { day: date.toISOString().slice(0, 10), weekday: date.getUTCDay() || 7 }
  })
  const first = days[0]?.weekday ?? 1
  return { before: Array.from({ length: first - 1 }, (_, index) => index + 1), days }
}
