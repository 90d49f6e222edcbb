import type { Kysely } from 'kysely'
import type { Database, OpeningHours } from '#database/types.ts'
import type { UnitId } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { type CityCalendar, cityCalendar } from '../../floor/calendar/index.ts'
import { isOpen } from '../../floor/lines/index.ts'
import { sameNumber } from '../citizens/index.ts'
import { onDuty } from '../units/index.ts'

interface Contact {
  readonly phone: string
  readonly hours: readonly OpeningHours[] | null
}

interface UnitPhones {
  /** As they were registered. */
  readonly shown: readonly string[]
  readonly phones: readonly string[]
  readonly dutyHours: readonly OpeningHours[] | null
  readonly contacts: readonly Contact[]
}

/** The telephones of units as they were read at one moment, in the one form in which numbers are compared. */
export class Telephones {
  private readonly byUnit: ReadonlyMap<UnitId, UnitPhones>
  private readonly calendar: CityCalendar

  constructor(byUnit: ReadonlyMap<UnitId, UnitPhones>, calendar: CityCalendar) {
    this.byUnit = byUnit
    this.calendar = calendar
  }

  /** All that the unit calls from. */
  of(unit: UnitId): readonly string[] {
    const known = this.byUnit.get(unit)
    return known === undefined ? [] : [...known.phones, ...known.contacts.map(({ phone }) => phone)]
  }

  /** The same as people wrote them. */
  shownOf(unit: UnitId): readonly string[] {
    return this.byUnit.get(unit)?.shown ?? []
  }

  /** Where somebody is at hand now: a contact on duty, else the unit's own telephone while its hours hold. */
  answersAt(unit: UnitId, at: Instant): string | null {
    const known = this.byUnit.get(unit)
    if (known === undefined) return null
    const [contact] = onDuty(known.dutyHours, known.contacts, at, this.calendar)
    if (contact !== undefined) return contact.phone
    const [phone] = known.phones
    return phone !== undefined && isOpen(known.dutyHours, at, this.calendar) ? phone : null
  }
}

export const NO_TELEPHONES = new Telephones(new Map(), new Map())

/** @param units all of the city when left out */
export async function readTelephones(
  db: Kysely<Database>,
  units: readonly UnitId[] | null = null,
): Promise<Telephones> {
  if (units !== null && units.length === 0) return NO_TELEPHONES
  const rows = await db
    .selectFrom('units')
    .select(['id', 'phones', 'duty_hours'])
    .$if(units !== null, query => query.where('id', 'in', units ?? []))
    .execute()
  const contacts = await db
    .selectFrom('unit_contacts')
    .select(['unit_id', 'phone', 'hours'])
    .where('phone', 'is not', null)
    .$if(units !== null, query => query.where('unit_id', 'in', units ?? []))
    .orderBy('position')
    .orderBy('id')
    .execute()
  const byUnit = Map.groupBy(contacts, ({ unit_id }) => unit_id)
  return new Telephones(
    new Map(
      rows.map(({ id, phones, duty_hours }) => {
        const people = (byUnit.get(id) ?? []).flatMap(({ phone, hours }) =>
          phone === null ? [] : [{ shown: phone, phone: sameNumber(phone), hours }],
        )
        return [
          id,
          {
            shown: [...new Set([...phones, ...people.map(({ shown }) => shown)])],
            phones: phones.map(sameNumber),
            dutyHours: duty_hours,
            contacts: people,
          },
        ]
      }),
    ),
    await cityCalendar(db),
  )
}
