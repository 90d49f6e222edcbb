import type {
  AgentIntervals,
  AnsweredFigures,
  Mean,
  QueueIntervals,
  Share,
} from '../../insight/intervals/schema.ts'

export type QueueRow = QueueIntervals['rows'][number]
export type AgentRow = AgentIntervals['rows'][number]

/**
 * One row for each group instead of one for each interval: counts are added, shares and means are formed anew from
 * their numbers. Each call is in one interval only, so nothing is counted twice.
 */
export function wholeQueueRows(rows: readonly QueueRow[]): QueueRow[] {
  return merged(rows, (left, right) => ({
    ...left,
    ...answered(left, right),
    abandoned: left.abandoned + right.abandoned,
    abandonedWithin: added(left.abandonedWithin, right.abandonedWithin),
    shortAbandoned: left.shortAbandoned + right.shortAbandoned,
    overflowed: left.overflowed + right.overflowed,
    timedOut: left.timedOut + right.timedOut,
    turnedAway: left.turnedAway + right.turnedAway,
    failed: left.failed + right.failed,
    waiting: left.waiting + right.waiting,
    serviceLevel: share(left.serviceLevel, right.serviceLevel),
    answerRate: share(left.answerRate, right.answerRate),
    answerRateWithoutShort: share(left.answerRateWithoutShort, right.answerRateWithoutShort),
  }))
}

export function wholeAgentRows(rows: readonly AgentRow[]): AgentRow[] {
  return merged(rows, (left, right) => ({
    ...left,
    ...answered(left, right),
    time: {
      availableMs: left.time.availableMs + right.time.availableMs,
      talkingMs: left.time.talkingMs + right.time.talkingMs,
      wrapUpMs: left.time.wrapUpMs + right.time.wrapUpMs,
      notReadyMs: left.time.notReadyMs + right.time.notReadyMs,
    },
    occupancy: share(left.occupancy, right.occupancy),
  }))
}

function merged<Row extends { readonly key: string }>(
  rows: readonly Row[],
  join: (left: Row, right: Row) => Row,
): Row[] {
  const whole = new Map<string, Row>()
  for (const row of rows) {
    const before = whole.get(row.key)
    whole.set(row.key, before === undefined ? row : join(before, row))
  }
  return [...whole.values()]
}

function answered(left: AnsweredFigures, right: AnsweredFigures): AnsweredFigures {
  return {
    offered: left.offered + right.offered,
    answered: left.answered + right.answered,
    answeredWithin: added(left.answeredWithin, right.answeredWithin),
    speedOfAnswer: mean(left.speedOfAnswer, right.speedOfAnswer),
    handling: {
      announcement: mean(left.handling.announcement, right.handling.announcement),
      talk: mean(left.handling.talk, right.handling.talk),
      hold: mean(left.handling.hold, right.handling.hold),
      wrapUp: mean(left.handling.wrapUp, right.handling.wrapUp),
      whole: mean(left.handling.whole, right.handling.whole),
    },
  }
}

function added(left: readonly number[], right: readonly number[]): number[] {
  return left.map((count, band) => count + (right[band] ?? 0))
}

function share(left: Share, right: Share): Share {
  const part = left.part + right.part
  const whole = left.whole + right.whole
  return { part, whole, value: whole === 0 ? null : part / whole }
}

function mean(left: Mean, right: Mean): Mean {
  const totalMs = left.totalMs + right.totalMs
  const calls = left.calls + right.calls
  return { totalMs, calls, meanMs: calls === 0 ? null : Math.round(totalMs / calls) }
}

/** Counts up to each band → how many between one band and the next, and beyond the last. */
export function betweenBands(within: readonly number[], all: number): number[] {
  return [...within, all].map((count, band) => count - (within[band - 1] ?? 0))
}
