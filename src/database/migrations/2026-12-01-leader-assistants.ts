import { type Kysely, sql } from 'kysely'

/** Who sits beside the leader of a day and enters what the citizens say (工作人员). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leader_day_assistants (
      day_id   uuid not null references leader_days (id) on delete cascade,
      staff_id uuid not null references staff (id),
      primary key (day_id, staff_id)
    );
    create index on leader_day_assistants (staff_id);
  `.execute(db)
}
