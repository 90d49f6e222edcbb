import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Database, OpeningHours, UnitDuty, UnitKind } from '#database/types.ts'
import { type AreaCode, asId, type UnitId } from '#kernel/ids.ts'
import { DIRECTORY } from './lists.ts'
import { CITY, type Community, DISTRICTS, type Street } from './units-areas.ts'
import { CITY_UNITS, HOTLINE_OFFICE, JUSTICE, OFF_HOURS, OFFICE_HOURS } from './units-list.ts'
import { inventedName, inventedPhone } from './units-people.ts'

interface AreaDraft {
  readonly code: string
  readonly parent: string | null
  readonly name: string
  readonly aliases: string
}

interface UnitDraft {
  readonly id: string
  readonly parent: string | null
  readonly name: string
  readonly aliases: string
  readonly kind: UnitKind
  readonly area: string
  readonly always: boolean
  readonly experts?: readonly string[]
  readonly mediators?: readonly string[]
  readonly takesOrders?: boolean
}

/** The map of the city and its units, parents before children, with people to speak to in each. */
export async function seedUnits(trx: Transaction<Database>): Promise<void> {
  await trx
    .insertInto('areas')
    .values(
      areas().map(({ code, parent, name, aliases }) => ({
        code: asId<AreaCode>(code),
        parent_code: parent === null ? null : asId<AreaCode>(parent),
        ...{ name_zh: name, aliases: words(aliases) },
      })),
    )
    .execute()
  const paths = new Map<string, readonly UnitId[]>()
  const rows = units().map((unit, i) => {
    const id = asId<UnitId>(unit.id)
    const path = [...((unit.parent === null ? [] : paths.get(unit.parent)) ?? []), id]
    paths.set(unit.id, path)
    return {
      ...{ id, path, kind: unit.kind, name_zh: unit.name, aliases: words(unit.aliases) },
      parent_id: unit.parent === null ? null : asId<UnitId>(unit.parent),
      area_code: asId<AreaCode>(unit.area),
      phones: [listedNumber(unit.name) ?? inventedPhone(i)],
      duty_hours: unit.always ? null : JSON.stringify(OFFICE_HOURS),
      takes_orders: unit.takesOrders ?? true,
    }
  })
  await trx.insertInto('units').values(rows).execute()
  await trx.insertInto('unit_contacts').values(contactRows()).execute()
}

function words(text: string): string[] {
  return text.split(' ').filter(word => word !== '')
}

/** Whom agents can put callers through to already is called there. */
function listedNumber(name: string): string | null {
  return DIRECTORY.find(entry => entry.name === name)?.number ?? null
}

function streetCode(district: string, s: number): string {
  return `${district}${String(s + 1).padStart(3, '0')}`
}

function areas(): AreaDraft[] {
  return [
    { ...CITY, parent: null, aliases: '' },
    ...DISTRICTS.map(({ code, name, aliases }) => ({ code, name, aliases, parent: CITY.code })),
    ...DISTRICTS.flatMap(({ code: parent, streets }) =>
      streets.map(({ name, aliases }, s) => ({ code: streetCode(parent, s), parent, name, aliases })),
    ),
    ...DISTRICTS.flatMap(({ code, streets }) =>
      streets.flatMap(({ communities }, s) => {
        const parent = streetCode(code, s)
        return communities.map(([, name, aliases], c) => ({
          code: streetCode(parent, c),
          ...{ parent, name, aliases },
        }))
      }),
    ),
  ]
}

function units(): UnitDraft[] {
  const root = { ...HOTLINE_OFFICE, parent: null, kind: 'city' as const, area: CITY.code, always: true }
  return [
    root,
    ...CITY_UNITS.map(unit => ({ ...unit, area: CITY.code })),
    ...DISTRICTS.flatMap(districtUnits),
  ]
}

function districtUnits({ id, code, name, aliases, streets }: (typeof DISTRICTS)[number]): UnitDraft[] {
  const government: UnitDraft = {
    ...{ id, parent: HOTLINE_OFFICE.id, kind: 'district', area: code, always: true },
    ...{ name: `${name}人民政府`, aliases: `${name} ${name}政府 ${aliases}` },
  }
  return [government, ...streets.flatMap((street, s) => streetUnits(id, streetCode(code, s), street))]
}

function streetUnits(
  district: string,
  area: string,
  { id, name, aliases, communities }: Street,
): UnitDraft[] {
  const isTown = name.endsWith('镇')
  const place = { kind: 'street' as const, area }
  return [
    {
      ...{ ...place, id, parent: district, always: true },
      name: isTown ? `${name}人民政府` : `${name}办事处`,
      aliases: `${name} ${aliases}`,
    },
    {
      ...{ id: `${id}-sifasuo`, parent: JUSTICE, kind: 'office', area, always: false },
      name: `${name.replace(/街道$|镇$/, '')}司法所`,
      aliases: `${name}司法所 人民调解 法律援助`,
      mediators: ['邻里与物业纠纷', '劳动与债务纠纷'],
    },
    ...communities.map((community, c) => communityUnit(id, streetCode(area, c), community)),
  ]
}

function communityUnit(street: string, area: string, [id, name, aliases]: Community): UnitDraft {
  return {
    ...{ id, parent: street, kind: 'community', area, always: false },
    ...{
      name: name.endsWith('村') ? `${name}村民委员会` : `${name}居民委员会`,
      aliases: `${name} ${aliases}`,
    },
  }
}

interface ContactDraft {
  readonly duty: UnitDuty
  readonly field?: string
  readonly hours?: readonly OpeningHours[]
}

function contactsOf({ kind, always, experts = [], mediators = [] }: UnitDraft): ContactDraft[] {
  const small = kind === 'community'
  const day = always ? { hours: OFFICE_HOURS } : {}
  return [
    { duty: 'leader', ...day },
    { duty: 'liaison', ...day },
    ...(small ? [] : [{ duty: 'handler' as const, ...day }]),
    // Who never closes has somebody for the night.
    ...(always ? [{ duty: 'handler' as const, hours: OFF_HOURS }] : [{ duty: 'handler' as const }]),
    ...experts.map(field => ({ duty: 'expert' as const, field, ...day })),
    ...mediators.map(field => ({ duty: 'mediator' as const, field })),
  ]
}

function contactRows() {
  const contacts = units().flatMap(unit =>
    contactsOf(unit).map((contact, position) => ({ ...contact, position, unit: asId<UnitId>(unit.id) })),
  )
  return contacts.map(({ unit, duty, field, hours, position }, i) => ({
    ...{ id: randomUUID(), unit_id: unit, duty, position, field: field ?? null },
    ...{ name: inventedName(i), phone: inventedPhone(10_000 + i) },
    hours: hours === undefined ? null : JSON.stringify(hours),
  }))
}
