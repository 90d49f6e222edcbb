import { type Kysely, sql } from 'kysely'

/** Days that are not what their weekday says: public holidays (节假日), and weekends worked in their stead (调休). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table calendar_days (
      day   text primary key check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
      works boolean not null,
      name  text not null check (length(name) between 1 and 40)
    );

    alter table config_changes
      drop constraint config_changes_subject_check,
      add constraint config_changes_subject_check check
        (subject in ('queue', 'line', 'skill', 'staff-skills', 'blocked-number', 'calendar-day'));
  `.execute(db)
}
