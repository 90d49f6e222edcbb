import { type Kysely, sql } from 'kysely'

/** What a city draws for its callers: a draft, what was published of it, and which line has which. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ivr_trees (
      id       uuid primary key,
      name     text not null,
      -- {start, nodes}, as the editor draws it; texts, not sounds.
      draft    jsonb not null,
      version  integer not null default 1,
      saved_by uuid not null references staff (id),
      saved_at timestamptz not null default now()
    );

    create table ivr_versions (
      tree_id      uuid not null references ivr_trees (id),
      version      integer not null,
      name         text not null,
      drawing      jsonb not null,
      -- {id, version, start, nodes}, as the contact centre walks it; sounds, not texts.
      tree         jsonb not null,
      note         text not null,
      published_by uuid not null references staff (id),
      published_at timestamptz not null default now(),
      primary key (tree_id, version)
    );
    create function keep_ivr_version() returns trigger language plpgsql as $$
      begin
        raise exception '% is kept as it is', tg_table_name using errcode = 'restrict_violation';
      end
    $$;
    create trigger ivr_versions_stay before update or delete on ivr_versions
      for each row execute function keep_ivr_version();

    -- No row: greeting, and straight to an agent.
    create table ivr_lines (
      line_number text primary key references lines (number),
      tree_id     uuid not null,
      version     integer not null,
      set_by      uuid not null references staff (id),
      set_at      timestamptz not null default now(),
      foreign key (tree_id, version) references ivr_versions (tree_id, version)
    );

    create table ivr_recordings (
      id          text primary key,
      name        text not null,
      duration_ms integer not null,
      uploaded_by uuid not null references staff (id),
      uploaded_at timestamptz not null default now()
    );
  `.execute(db)
}
