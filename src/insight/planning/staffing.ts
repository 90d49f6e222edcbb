import { type Load, type Performance, performance } from './erlang.ts'

/** More than any hotline of one city seats; the search and its answer end here. */
export const MOST_AGENTS = 2_000

/** Rows shown on each side of the answer. */
export const ROWS_AROUND = 5

export interface Goal {
  /** Fraction of calls answered within `withinS`, such as 0.95. */
  readonly serviceLevel: number
  readonly withinS: number
  /** 1: agents may be busy all the time. */
  readonly maxOccupancy: number
}

export interface StaffingRow extends Performance {
  readonly agents: number
}

/** @returns the smallest number of agents that meets the goal; null when `MOST_AGENTS` do not */
export function agentsNeeded(load: Load, goal: Goal): number | null {
  const meets = (agents: number) => {
    const { serviceLevel, occupancy } = performance(load, agents, goal.withinS)
    return serviceLevel >= goal.serviceLevel && occupancy <= goal.maxOccupancy
  }
  if (!meets(MOST_AGENTS)) return null
  // Both only get better with each agent more.
  let least = 1
  let most = MOST_AGENTS
  while (least < most) {
    const middle = Math.floor((least + most) / 2)
    if (meets(middle)) most = middle
    else least = middle + 1
  }
  return least
}

/** What a few agents more or fewer would mean. */
export function around(load: Load, agents: number, withinS: number): StaffingRow[] {
  const first = Math.max(1, agents - ROWS_AROUND)
  return Array.from({ length: agents + ROWS_AROUND - first + 1 }, (_, index) => ({
    agents: first + index,
    ...performance(load, first + index, withinS),
  }))
}
