import { Input } from 'antd'
import { serverClock } from './server-clock.ts'
import { dayOf } from './time.ts'

/** Instants in ISO 8601, from the first up to and without the second. */
export interface Period {
  readonly from: string
  readonly to: string
}

const DAY_MS = 86_400_000

/** The city's days, both included, as YYYY-MM-DD. */
export function days(first: string, last: string): Period {
  const from = new Date(`${first}T00:00:00+08:00`)
  const end = new Date(`${last}T00:00:00+08:00`)
  return { from: from.toISOString(), to: new Date(end.getTime() + DAY_MS).toISOString() }
}

export function today(): Period {
  const day = dayOf(serverClock.now())
  return days(day, day)
}

interface Props {
  readonly period: Period
  readonly onPeriod: (period: Period) => void
}

/** A first and a last day; one that would end before it begins is that day alone. */
export function DaysPicker({ period, onPeriod }: Props) {
  const first = dayOf(Date.parse(period.from))
  const last = dayOf(Date.parse(period.to) - 1)
  const style = { width: 140 }
  return (
    <span>
      <Input
        type="date"
        value={first}
        style={style}
        onChange={({ target }) => target.value && onPeriod(days(target.value, later(target.value, last)))}
        data-testid="first-day"
      />{' '}
      –{' '}
      <Input
        type="date"
        value={last}
        style={style}
        onChange={({ target }) => target.value && onPeriod(days(earlier(first, target.value), target.value))}
        data-testid="last-day"
      />
    </span>
  )
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
function earlier(one: string, other: string): string {
  return one < other ? one : other
}
