import type { Transaction } from 'kysely'
import type { Database, ShiftDuty } from '#database/types.ts'
import { asId, type ShiftId, type StaffId } from '#kernel/ids.ts'
import { cityDate, DAY_MS, daysAfter, type Instant, MINUTE_MS, weekdayOf } from '#kernel/time.ts'
import { insertEntries, insertShift, putDuty, spanOf } from '../people/shifts/index.ts'
import { DUTY_PEOPLE, HANDOVER, HANDOVER_DRAFT, SHIFTS } from './lists.ts'

/** 四班三运转: two early, two late, two nights, two days off; each crew two days behind the other. */
const CYCLE = ['early', 'early', 'late', 'late', 'night', 'night', null, null] as const
const CREWS = 4
const DAYS_PLANNED = 14

export interface OnRoster {
  readonly id: StaffId
  readonly duty: ShiftDuty
}

/**
 * Who works when, to the end of next week, and what earlier shifts have left. `now`: when the city is founded; of shifts
 * that were over by then nobody could be anything but absent.
 */
export async function seedRoster(
  trx: Transaction<Database>,
  people: readonly OnRoster[],
  now: Instant,
): Promise<void> {
  for (const { id, ...form } of SHIFTS) await insertShift(trx, id, form)
  const today = cityDate(now)
  const monday = daysAfter(today, 1 - weekdayOf(today))
  const days = Array.from({ length: DAYS_PLANNED }, (_, i) => daysAfter(monday, i))
  const entries = days.flatMap(day =>
    SHIFTS.flatMap(shift =>
      onDuty(people, day, shift.id).map(({ id, duty }) => ({
        ...{ staff: id, day, shift: shift.id, duty },
        span: spanOf(day, shift),
      })),
    ),
  )
  await insertEntries(
    trx,
    null,
    entries.filter(({ span }) => span.to > now),
  )
  for (const [i, day] of days.entries()) {
    for (const [duty, names] of DUTY_PEOPLE) {
      await putDuty(trx, day, duty, { name: names[i % names.length] ?? '', phone: '' })
    }
  }
  await seedHandovers(trx, people, now)
}

/** The chief is there by day from Monday to Friday; everybody else goes by the crew. */
function onDuty(people: readonly OnRoster[], day: string, shift: string): readonly OnRoster[] {
  const since = Math.floor(Date.parse(day) / DAY_MS)
  const seen = new Map<ShiftDuty, number>()
  return people.filter(({ duty }) => {
    if (duty === 'chief') return shift === 'early' && weekdayOf(day) <= 5
    const place = seen.get(duty) ?? 0
    seen.set(duty, place + 1)
    return CYCLE[(since + 2 * (place % CREWS)) % CYCLE.length] === shift
  })
}

/**
 * A note of the evening before last, signed: too old to keep anybody from going ready; and the draft of the shift that
 * has just ended, for a shift lead to publish.
 */
async function seedHandovers(
  trx: Transaction<Database>,
  people: readonly OnRoster[],
  now: Instant,
): Promise<void> {
  const today = cityDate(now)
  const late = noteOf(daysAfter(today, -2), 'late')
  const publishedAt = new Date(late.ends_at.getTime() - 10 * MINUTE_MS)
  const lead = (day: string, shift: string) =>
    onDuty(people, day, shift).find(({ duty }) => duty === 'shift-lead')?.id
  const writer = lead(late.day, 'late')
  const ended = [today, daysAfter(today, -1)]
    .flatMap(day => SHIFTS.map(({ id }) => noteOf(day, id)))
    .filter(note => note.ends_at.getTime() <= now)
    .toSorted((a, b) => b.ends_at.getTime() - a.ends_at.getTime())[0]
  if (writer === undefined || ended === undefined) throw new Error('nobody leads the shifts of the demo city')

  const { matters, addendum, figures, ...texts } = HANDOVER
  const { id } = await trx
    .insertInto('handovers')
    .values({
      ...late,
      ...texts,
      figures: JSON.stringify(figures),
      written_by: writer,
      created_at: publishedAt,
      published_at: publishedAt,
      version: 3,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const nextMorning = new Date(late.ends_at.getTime() + 90 * MINUTE_MS)
  await trx
    .insertInto('handover_matters')
    .values(
      matters.map((text, index) => ({
        ...{ handover_id: id, text },
        ...(index === 0 ? { done_at: nextMorning, done_by: writer } : { done_at: null, done_by: null }),
      })),
    )
    .execute()
  await trx
    .insertInto('handover_addenda')
    .values({ handover_id: id, at: nextMorning, by_staff: writer, text: addendum })
    .execute()
  const readers = onDuty(people, late.day, 'night')
  await trx
    .insertInto('handover_signatures')
    .values(
      readers.map(({ id: staff_id }, index) => ({
        ...{ handover_id: id, staff_id },
        at: new Date(late.ends_at.getTime() + (index - 8) * MINUTE_MS),
      })),
    )
    .execute()
  await trx
    .insertInto('handovers')
    .values({
      ...ended,
      ...HANDOVER_DRAFT,
      figures: null,
      written_by: lead(ended.day, ended.shift_id) ?? writer,
      published_at: null,
    })
    .execute()
}

function noteOf(day: string, shift: (typeof SHIFTS)[number]['id']) {
  const kind = SHIFTS.find(({ id }) => id === shift)
  if (kind === undefined) throw new Error(`no shift ${shift}`)
  const span = spanOf(day, kind)
  return {
    day,
    shift_id: asId<ShiftId>(shift),
    starts_at: new Date(span.from),
    ends_at: new Date(span.to),
  }
}
