import type { Transaction } from 'kysely'
import type { Database, OpeningHours } from '#database/types.ts'
import type { Instant } from '#kernel/time.ts'
import type { CityCalendar } from '../../floor/calendar/index.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { onDuty } from './rules.ts'
import type { UnitView } from './schema.ts'
import { type ContactRecord, contactsOf, type UnitRecord } from './store.ts'

/** A unit with its people, as the form shows it; who is on duty is left to `viewOf`. */
export type Recorded = Omit<UnitView, 'onDuty'>

/** Puts an edit on record. `before`: null for a unit that is new. */
export async function recordUnit(
  trx: Transaction<Database>,
  { id: by }: StaffMember,
  before: Recorded | null,
  unit: UnitRecord,
): Promise<Recorded> {
  const after = recorded(unit, await contactsOf(trx, unit.id))
  await recordChange(trx, { by, subject: 'unit', key: unit.id, before, after })
  return after
}

export function recorded(unit: UnitRecord, contacts: readonly ContactRecord[]): Recorded {
  return {
    ...{ id: unit.id, parent: unit.parent_id, path: unit.path, name: unit.name_zh, aliases: unit.aliases },
    ...{ kind: unit.kind, area: unit.area_code, phones: unit.phones, takesOrders: unit.takes_orders },
    dutyHours: hoursOf(unit.duty_hours),
    contacts: contacts.map(({ id, duty, name, phone, staff_id: staff, field, hours }) => ({
      ...{ id, duty, name, phone, staff, field },
      hours: hoursOf(hours),
    })),
    closed: unit.closed_at !== null,
    version: unit.version,
  }
}

export function viewOf(unit: Recorded, at: Instant, calendar: CityCalendar): UnitView {
  const there = unit.closed ? [] : onDuty(unit.dutyHours, unit.contacts, at, calendar)
  return { ...unit, onDuty: there.map(({ id }) => id) }
}

function hoursOf(hours: readonly OpeningHours[] | null): UnitView['dutyHours'] {
  return hours === null ? null : hours.map(span => ({ ...span, days: [...span.days] }))
}
