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

/** An act of the table in words, part by part. */
export function movePlaces(t: T, act: ActName, move: Move): Places {
  const name = t(`case-rules.act.${act}`)
  const none = t('settings.none')
  const listed = (words: readonly string[]) => (words.length === 0 ? none : words.join(t('case-rules.or')))
  return new Map([
    [`${name} · ${t('case-rules.from-statuses')}`, statusWords(t, move.from)],
    [`${name} · ${t('case-rules.leads-to')}`, statusWords(t, move.to)],
    [`${name} · ${t('case-rules.who')}`, listed(move.who.map(who => whoWords(t, who)))],
    [`${name} · ${t('case-rules.guards')}`, listed(move.guards.map(guard => t(`case-rules.guard.${guard}`)))],
  ])
}

export function numberPlaces(t: T, numbers: LifeTableView['table']['numbers']): Places {
  return new Map(
    NUMBERS.map(([name, scale]) => [
      t(`case-rules.number.${name}`),
      `${numbers[name] / scale} ${t(`case-rules.number.${name}.unit`)}`,
    ]),
  )
}

export function lifePlaces(t: T, { table }: LifeTableView): Places {
  return new Map([
    ...numberPlaces(t, table.numbers),
    ...ACTS.flatMap(act => [...movePlaces(t, act, table.moves[act])]),
  ])
}
