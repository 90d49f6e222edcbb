import { type Kysely, sql } from 'kysely'

/**
 * The life of an order as one value (`life`, written by its state machine alone) with the columns that lists are cut by
 * beside it, and a row for each unit's part. Orders saved so far were registered and wait for dispatch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table work_orders drop constraint work_orders_status_check;
    update work_orders set status = 'to-dispatch' where status = 'registered';
    alter table work_orders
      add check (status in ('draft', 'to-dispatch', 'to-sign', 'in-hand', 'to-review', 'to-call-back', 'closed',
                            'archived', 'emergency', 'void', 'merged')),
      add column life         jsonb,
      add column priority     text not null default 'P3' check (priority in ('P0', 'P1', 'P2', 'P3')),
      add column origin       text not null default 'phone'
        check (origin in ('phone', 'portal', 'wechat', 'app', 'sms', 'mailbox', 'grid', 'sensor', 'leader', 'upper', 'walk-in')),
      add column subject_kind text not null default 'person' check (subject_kind in ('person', 'enterprise', 'anonymous')),
      add column citizen_id   uuid references citizens (id),
      add column area_code    text references areas (code),
      add column longitude    double precision,
      add column latitude     double precision,
      add column hot_topic    boolean not null default false,
      add column campaign     text check (length(campaign) <= 60),
      add column lead_unit    text references units (id),
      add column supervision  integer not null default 0 check (supervision between 0 and 5),
      add column reworks      integer not null default 0,
      add column closing      text check (closing in ('solved', 'not-solved', 'answered', 'legal-route', 'unreachable')),
      add column grade        text check (grade in ('very-good', 'good', 'fair', 'bad', 'very-bad')),
      add column closed_at    timestamptz,
      add column merged_into  uuid references work_orders (id),
      -- When the clock that runs now is due; null while none runs.
      add column due_at       timestamptz;

    create table order_assignments (
      order_id     uuid not null references work_orders (id),
      unit_id      text not null references units (id),
      role         text not null check (role in ('lead', 'co')),
      state        text not null,
      from_unit    text references units (id),
      person       text,
      assigned_at  timestamptz not null,
      signed_at    timestamptz,
      contacted_at timestamptz,
      answered_at  timestamptz,
      primary key (order_id, unit_id)
    );
    create index on order_assignments (unit_id, state, assigned_at desc);
    create index on order_assignments (unit_id) where state in ('to-sign', 'working', 'passed-down', 'return-asked');
  `.execute(db)
}
