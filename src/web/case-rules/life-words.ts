import type { ActName } from '../../cases/life/acts.ts'
import type { OrderStatus } from '../../cases/life/order.ts'
import type { Move, Who } from '../../cases/life/table.ts'
import type { LifeTableFrame, LifeTableView } from '../../casework/life/schema.ts'
import type { Words } from '../kit/language.tsx'
import type { Places } from './differences.ts'
import { ACTS, NUMBERS } from './life-form.ts'

type T = Words['t']

export function whoWords(t: T, who: Who): string {
  if (who === 'service') return t('case-rules.service')
  const name = t(`case-rules.right.${who.right}`)
  return who.over === 'city' ? name : `${name}（${t(`case-rules.over.${who.over}`)}）`
}

export function statusWords(t: T, statuses: readonly OrderStatus[]): string {
  return statuses.length === 0
    ? t('case-rules.nowhere')
    : statuses.map(status => t(`case.status.${status}`)).join(t('case-rules.or'))
}

/** Where an act leads, as the service knows it; what the table says where it may choose. */
export function targetWords(t: T, move: Move, frame: LifeTableFrame['acts'][string] | undefined): string {
  if (frame === undefined || frame.choosesTo) return statusWords(t, move.to)
  return frame.to.length === 0 ? t('case-rules.stays') : statusWords(t, frame.to)
}

/**
 * An act of the table in words, part by part. Where it leads is a part of it only where the table chooses; elsewhere its
 * effect says so, in every version.
 */
export function movePlaces(t: T, act: ActName, move: Move, frame: LifeTableFrame | undefined): Places {
  const name = t(`case-rules.act.${act}`)
  const listed = (words: readonly string[]) =>
    words.length === 0 ? t('settings.none') : words.join(t('case-rules.or'))
  const guards = move.guards.map(guard => t(`case-rules.guard.${guard}`))
  const parts = [
    ['case-rules.from-statuses', statusWords(t, move.from)],
    ...(frame?.acts[act]?.choosesTo ? ([['case-rules.leads-to', statusWords(t, move.to)]] as const) : []),
    ['case-rules.who', listed(move.who.map(who => whoWords(t, who)))],
    ['case-rules.guards', listed(guards)],
  ] as const
  return new Map(parts.map(([part, words]) => [`${name} · ${t(part)}`, words]))
}

export function numberPlaces(t: T, numbers: LifeTableView['table']['numbers']): Places {
  return new Map(
    NUMBERS.map(([name, scale]) => [
      t(`case-rules.number.${name}`),
      `${numbers[name] / scale} ${t(`case-rules.number.${name}.unit`)}`,
    ]),
  )
}

export function lifePlaces(t: T, { table }: LifeTableView, frame: LifeTableFrame | undefined): Places {
  return new Map([
    ...numberPlaces(t, table.numbers),
    ...ACTS.flatMap(act => [...movePlaces(t, act, table.moves[act], frame)]),
  ])
}
