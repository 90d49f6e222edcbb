import { type Kysely, sql } from 'kysely'

/** The duty catalogue (派单目录), the words that tell a category or an urgency, and what went where so far. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table duty_rules (
      id              uuid primary key,
      -- The first that matches wins.
      position        integer not null,
      category_prefix text check (category_prefix ~ '^[0-9](-[0-9]{2}(-[0-9]{3})?)?$'),
      area_code       text references areas (code),
      hours           jsonb,
      any_words       text[] not null default '{}',
      all_words       text[] not null default '{}',
      no_words        text[] not null default '{}',
      -- A unit's id, or a placeholder that the place fills in, such as {street}.
      lead            text not null,
      co_units        text[] not null default '{}',
      -- Either somebody by name, or whoever has a duty and a field near the place.
      person_name     text,
      person_duty     text check (person_duty in ('liaison', 'handler', 'leader', 'expert', 'mediator')),
      person_field    text,
      priority        text check (priority in ('P1', 'P2', 'P3')),
      -- The duty as it is written down: 三定方案, 条例, 会议纪要.
      note            text not null default '' check (length(note) <= 300),
      version         integer not null default 1,
      unique (position) deferrable initially deferred,
      check (person_name is null or person_duty is null),
      check (person_field is null or person_duty is not null)
    );

    create table category_words (
      category_code text not null references categories (code),
      word          text not null check (length(word) between 2 and 20),
      primary key (category_code, word)
    );

    create table priority_words (
      word      text primary key check (length(word) between 2 and 20),
      priority  text not null check (priority in ('P0', 'P1', 'P2')),
      -- Who is called for a P0.
      emergency text check (emergency in ('110', '119', '120', '122')),
      check ((priority = 'P0') = (emergency is not null))
    );

    -- Orders dispatched, by the lead unit; once for the place's area and once for each around it.
    create table dispatch_counts (
      category_code text not null references categories (code),
      area_code     text not null references areas (code),
      month         text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
      unit_id       text not null references units (id),
      dispatched    integer not null,
      primary key (category_code, area_code, month, unit_id)
    );

    -- What lies near: by the area, and by squares of 1/200 of a degree.
    create index work_orders_area on work_orders (area_code, opened_at desc) where area_code is not null;
    create index work_orders_square on work_orders
      (floor(longitude * 200), floor(latitude * 200), opened_at desc) where longitude is not null;
  `.execute(db)
}
