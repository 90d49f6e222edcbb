import { DAY_MS } from '#kernel/time.ts'
import { RIGHTS } from '../rights.ts'
import type { ActName } from './acts.ts'
import { ACT_NAMES, neededGuards, possibleFrom, targetsOf } from './effect-needs.ts'
import { ORDER_STATUSES, type OrderStatus } from './order.ts'
import { GUARDS, type LifeNumbers, type LifeTable, type Move, OVERS } from './table.ts'

/** What is wrong with a place of the table. */
export type TableProblem =
  | 'missing'
  /** No such act, status, guard, right or number. */
  | 'unknown'
  | 'out-of-range'
  /** Nobody may do it. */
  | 'nobody'
  /** The act cannot begin in this status. */
  | 'cannot-begin'
  /** The act can lead to this status, and `to` does not have it. */
  | 'target-missing'
  /** The effect leaves a broken order without this guard. */
  | 'guard-needed'
  /** An override cannot lead to this status. */
  | 'no-target'
  /** No act leads to this status. */
  | 'unreachable'
  /** No act leads on from this status. */
  | 'dead-end'

/** By the place's path: `moves.sign.who.0.right`, `numbers.reworks`, `statuses.closed`. */
export type TableProblems = Readonly<Record<string, TableProblem>>

type Found = readonly [path: string, problem: TableProblem]

/** Whole numbers, both ends included. */
export const NUMBER_BOUNDS: Readonly<Record<keyof LifeNumbers, readonly [least: number, most: number]>> = {
  reopenDays: [0, 365],
  archiveDays: [1, 3650],
  reworks: [0, 5],
  callBackTries: [1, 10],
  callBackApartMs: [0, 3 * DAY_MS],
  returnWorkingDays: [1, 30],
}

const STATUSES: ReadonlySet<string> = new Set(ORDER_STATUSES)
const KNOWN_GUARDS: ReadonlySet<string> = new Set(GUARDS)
const KNOWN_RIGHTS: ReadonlySet<string> = new Set(RIGHTS)
const KNOWN_OVERS: ReadonlySet<string> = new Set(OVERS)

/** @returns all that keeps the table from being published; empty when nothing does */
export function checkTable(table: LifeTable): TableProblems {
  const named = [
    ...checkNumbers(table.numbers),
    ...unknownKeys('moves', table.moves, ACT_NAMES),
    ...ACT_NAMES.flatMap(act => checkAct(act, table.moves[act])),
  ]
  if (named.length > 0) return Object.fromEntries(named)
  // Where acts lead can be told only of a table whose words are all known.
  return Object.fromEntries([...ACT_NAMES.flatMap(act => checkTargets(act, table)), ...checkWays(table)])
}

function checkNumbers(numbers: LifeNumbers): Found[] {
  const names = Object.keys(NUMBER_BOUNDS) as (keyof LifeNumbers)[]
  const wrong = names.flatMap((name): Found[] => {
    const [value, [least, most]]: [number | undefined, readonly [number, number]] = [
      numbers[name],
      NUMBER_BOUNDS[name],
    ]
    if (value === undefined) return [[`numbers.${name}`, 'missing']]
    const fits = Number.isInteger(value) && value >= least && value <= most
    return fits ? [] : [[`numbers.${name}`, 'out-of-range']]
  })
  return [...wrong, ...unknownKeys('numbers', numbers, names)]
}

function unknownKeys(path: string, given: object, known: readonly string[]): Found[] {
  return Object.keys(given)
    .filter(key => !known.includes(key))
    .map(key => [`${path}.${key}`, 'unknown'])
}

function checkAct(act: ActName, move: Move | undefined): Found[] {
  const path = `moves.${act}`
  if (move === undefined) return [[path, 'missing']]
  const { from, to, who, guards } = move
  const begins: readonly string[] = possibleFrom(act)
  return [
    ...unknownIn(`${path}.from`, from, STATUSES),
    ...unknownIn(`${path}.to`, to, STATUSES),
    ...unknownIn(`${path}.guards`, guards, KNOWN_GUARDS),
    ...from.flatMap((status, i): Found[] =>
      STATUSES.has(status) && !begins.includes(status) ? [[`${path}.from.${i}`, 'cannot-begin']] : [],
    ),
    ...neededGuards(act).flatMap((guard): Found[] =>
      guards.includes(guard) ? [] : [[`${path}.guards.${guard}`, 'guard-needed']],
    ),
    ...(who.length === 0 ? [[`${path}.who`, 'nobody'] as const] : []),
    ...who.flatMap((one, i) => {
      if (one === 'service') return []
      return [
        ...unknownIn(`${path}.who.${i}.right`, [one.right], KNOWN_RIGHTS, true),
        ...unknownIn(`${path}.who.${i}.over`, [one.over], KNOWN_OVERS, true),
      ]
    }),
  ]
}

function unknownIn(
  path: string,
  given: readonly string[],
  known: ReadonlySet<string>,
  isWhole = false,
): Found[] {
  return given.flatMap((name, i): Found[] =>
    known.has(name) ? [] : [[isWhole ? path : `${path}.${i}`, 'unknown']],
  )
}

/** What the effect leads to must be among what the table lets it lead to: `decide` throws otherwise. */
function checkTargets(act: ActName, table: LifeTable): Found[] {
  const { from, to } = table.moves[act]
  if (act === 'agree-override') {
    // Merged into what? Only `merge` says.
    return to.flatMap((status, i): Found[] =>
      status === 'merged' ? [[`moves.${act}.to.${i}`, 'no-target']] : [],
    )
  }
  return targetsOf(act, table).flatMap((target): Found[] =>
    to.includes(target) || from.every(status => status === target)
      ? []
      : [[`moves.${act}.to.${target}`, 'target-missing']],
  )
}

const BEGINNING: OrderStatus = 'draft'
const END: OrderStatus = 'archived'
/** The way of two people around the table is no way of the table. */
const ROUTES = ACT_NAMES.filter(act => act !== 'agree-override')

function checkWays(table: LifeTable): Found[] {
  const ways = ROUTES.flatMap(act =>
    table.moves[act].from.flatMap(from =>
      targetsOf(act, table)
        .filter(to => to !== from)
        .map(to => [from, to] as const),
    ),
  )
  const reached = new Set<OrderStatus>([BEGINNING])
  // A set is walked to its end while it grows.
  for (const status of reached) for (const [from, to] of ways) if (from === status) reached.add(to)
  return ORDER_STATUSES.flatMap((status): Found[] => {
    if (!reached.has(status)) return [[`statuses.${status}`, 'unreachable']]
    const isDead = status !== END && !ways.some(([from]) => from === status)
    return isDead ? [[`statuses.${status}`, 'dead-end']] : []
  })
}
