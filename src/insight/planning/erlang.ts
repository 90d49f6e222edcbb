/**
 * Queueing formulas for staffing a queue: Poisson arrivals, exponential handling times, one pool of agents.
 * Everything runs on recursions and on sums of positive terms, which hold for thousands of agents where
 * factorials and powers would overflow. Times are in seconds, probabilities in [0, 1].
 */

export interface Load {
  /** Calls a second. */
  readonly arrivalRate: number
  /** Mean handling time: talk and wrap-up. */
  readonly ahtS: number
  /** Mean time after which a waiting caller leaves; null: never (Erlang C). */
  readonly patienceS: number | null
}

export interface Performance {
  /** A caller has to wait. */
  readonly waitProbability: number
  /** Answered within the target ÷ all calls, those that left included. */
  readonly serviceLevel: number
  /** Mean wait of answered callers; null: the queue grows without end. */
  readonly asaS: number | null
  /** The part of their time that agents handle calls. */
  readonly occupancy: number
  /** Callers who leave unanswered ÷ all. */
  readonly abandonment: number
}

/** Calls in progress if nobody ever waited: the traffic, in Erlang. */
export function trafficErlang(load: Load): number {
  return load.arrivalRate * load.ahtS
}

/** Erlang B: the probability that all servers are busy when nobody waits. */
export function erlangB(traffic: number, servers: number): number {
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (traffic * blocked) / (n + traffic * blocked)
  return blocked
}

/** Erlang C: the probability that a caller has to wait when all do so patiently. 1 when the queue never empties. */
export function erlangC(traffic: number, agents: number): number {
  if (agents <= traffic) return 1
  const blocked = erlangB(traffic, agents)
  return (agents * blocked) / (agents - traffic * (1 - blocked))
}

/** @param withinS the target of the service level */
export function performance(load: Load, agents: number, withinS: number): Performance {
  return load.patienceS === null
    ? patient(load, agents, withinS)
    : impatient(load, load.patienceS, agents, withinS)
}

/** M/M/N. */
function patient(load: Load, agents: number, withinS: number): Performance {
  const traffic = trafficErlang(load)
  if (agents <= traffic) {
    return { waitProbability: 1, serviceLevel: 0, asaS: null, occupancy: 1, abandonment: 0 }
  }
  const waitProbability = erlangC(traffic, agents)
  const spare = agents - traffic
  return {
    waitProbability,
    serviceLevel: 1 - waitProbability * Math.exp((-spare * withinS) / load.ahtS),
    asaS: (waitProbability * load.ahtS) / spare,
    occupancy: traffic / agents,
    abandonment: 0,
  }
}

/**
 * M/M/N+M, Palm's Erlang A: patience is exponential. States below N weigh 1/B(N) − 1 times the state N; those
 * with k waiting weigh u(k). How long a caller of endless patience would wait has a density that falls as
 * g(x) = exp(λ(1−e^(−θx))/θ − Nμx), which gives those answered after the target without an integral.
 * See A. Mandelbaum, S. Zeltyn: Service Engineering in Action, The Palm/Erlang-A Queue (2007).
 */
function impatient(load: Load, patienceS: number, agents: number, withinS: number): Performance {
  const { arrivalRate, ahtS } = load
  const traffic = trafficErlang(load)
  const serving = agents / ahtS
  const leaving = 1 / patienceS
  const queue = queueWeights(arrivalRate, serving, leaving)
  const below = (1 / erlangB(traffic, agents) - 1) * Math.exp(-queue.log)
  const all = below + queue.waiting0 + queue.waiting1
  const abandonment = (leaving * queue.length) / (arrivalRate * all)

  const patientStill = Math.exp(-leaving * withinS)
  const later = queueWeights(arrivalRate * patientStill, serving, leaving)
  // expm1: with much patience, 1 − e^(−θt) as a difference would be rounding alone.
  const fallen = (-arrivalRate * Math.expm1(-leaving * withinS)) / leaving - serving * withinS
  const answeredLater =
    ((serving * later.waiting1) / (arrivalRate * all)) * Math.exp(fallen + later.log - queue.log)
  return {
    waitProbability: (queue.waiting0 + queue.waiting1) / all,
    serviceLevel: fraction(1 - abandonment - answeredLater),
    asaS: queue.wait / (arrivalRate * all * (1 - abandonment)),
    occupancy: fraction((traffic * (1 - abandonment)) / agents),
    abandonment,
  }
}

/** Takes away what rounding left outside [0, 1]. */
function fraction(value: number): number {
  return Math.min(1, Math.max(0, value))
}

/** Sums over the number k of waiting callers, each times e^(−log): an overloaded queue exceeds what a number holds. */
interface QueueWeights {
  readonly log: number
  /** u(0): all agents busy, nobody waits. */
  readonly waiting0: number
  /** u(1) + u(2) + … */
  readonly waiting1: number
  /** Σ k·u(k). */
  readonly length: number
  /** Σ u(k) · (c/(c+θ) + … + c/(c+kθ)): the wait of those that are answered. */
  readonly wait: number
}

const RESCALE_ABOVE = 1e200
const NEGLIGIBLE = 1e-16

/** u(k) = λ^k ÷ ((c+θ)(c+2θ) … (c+kθ)), with arrivals λ, service c of all agents together, and departures θ. */
function queueWeights(arrivalRate: number, serving: number, leaving: number): QueueWeights {
  let log = 0
  let [waiting0, waiting1, length, wait] = [1, 0, 0, 0]
  let weight = 1
  let steps = 0
  for (let k = 1; ; k++) {
    const departing = serving + k * leaving
    const ratio = arrivalRate / departing
    weight *= ratio
    steps += serving / departing
    waiting1 += weight
    length += k * weight
    wait += steps * weight
    // What is left is less than a geometric series with this ratio.
    if (weight < (1 - ratio) * NEGLIGIBLE * (waiting0 + waiting1)) break
    if (weight > RESCALE_ABOVE) {
      log += Math.log(RESCALE_ABOVE)
      weight /= RESCALE_ABOVE
      waiting0 /= RESCALE_ABOVE
      waiting1 /= RESCALE_ABOVE
      length /= RESCALE_ABOVE
      wait /= RESCALE_ABOVE
    }
  }
  return { log, waiting0, waiting1, length, wait }
}
