import { type Kysely, sql } from 'kysely'

/** Webhooks that are removed, the audit log read by time and by person, and one version over the words of 秒派. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What was sent and who changed it stays on record; the secret goes.
    alter table webhooks
      alter column secret drop not null,
      add column removed_at timestamptz,
      add check ((removed_at is null) = (secret is not null)),
      add check (removed_at is null or not active);
    -- Null: it was removed.
    alter table webhook_changes alter column after drop not null;

    create index on audit_log (at, subject, seq);
    create index on audit_log (staff_id, at);
    create index on identity_looks (at);

    -- Over all words that tell a category or an urgency: they are saved over the version that was edited.
    create table dispatch_words (
      id      boolean primary key default true check (id),
      version integer not null default 1
    );
    insert into dispatch_words default values;
  `.execute(db)
}
