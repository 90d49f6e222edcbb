import { type Kysely, sql } from 'kysely'

/** A shift lead in an agent's talk, a caller given to a named seat, a queue's priority: acts beyond one seat. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table supervision_acts
      drop constraint supervision_acts_act_check,
      add constraint supervision_acts_act_check check (act in (
        'ready', 'not-ready', 'sign-out', 'hang-up', 'listen', 'whisper', 'barge', 'take-over', 'pick',
        'raise-priority', 'lower-priority'
      )),
      alter column seat drop not null,
      alter column subject_staff drop not null,
      add column queue text,
      -- By how much a queue's priority was moved.
      add column points integer check (points > 0),
      add constraint supervision_acts_subject_check check (seat is not null or queue is not null),
      add constraint supervision_acts_moves_check
        check ((points is not null) = (act in ('raise-priority', 'lower-priority')));
    create index on supervision_acts (queue, at desc) where queue is not null;
  `.execute(db)
}
