import { type Kysely, sql } from 'kysely'

/** Roles as data: which rights each has, and who holds it over which unit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table staff drop constraint if exists staff_role_check;
    alter table staff
      add check (role in ('agent', 'shift-lead', 'quality', 'admin', 'caseworker')),
      add column closed_at timestamptz,
      add column oidc_subject text unique;

    create table roles (
      code    text primary key check (code ~ '^[a-z][a-z-]{1,30}$'),
      name_zh text not null,
      name_en text not null,
      rights  text[] not null,
      -- Granted over a unit and those below it; else over the whole city.
      over_unit boolean not null,
      position integer not null default 0,
      version integer not null default 1
    );
    create table role_grants (
      staff_id   uuid not null references staff (id),
      role_code  text not null references roles (code),
      unit_id    text references units (id),
      granted_at timestamptz not null default now(),
      unique nulls not distinct (staff_id, role_code, unit_id)
    );
    create index on role_grants (unit_id);
  `.execute(db)
}
